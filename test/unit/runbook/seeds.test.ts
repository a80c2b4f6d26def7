import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { seed, seedFiles, seedsMissing } from '../../seeds.ts';

const phases = (prefix: string): string[] =>
  parseRunbook(seed(prefix)).sections.filter((section) => section.role === 'phase').map((section) => section.title);
const levels = (prefix: string): unknown[] =>
  parseRunbook(seed(prefix)).rollbackLevels.map(({ level, budgetSeconds, commands }) => [level, budgetSeconds, commands.length]);

describe.skipIf(seedFiles.length === 0)(`the five plans${seedsMissing}`, () => {
  it('000: five phases, three rollback levels, an alert that holds for five minutes', () => {
    const runbook = parseRunbook(seed('000'));
    expect(phases('000').map((title) => title.slice(0, 7))).toEqual(['Phase 1', 'Phase 2', 'Phase 3', 'Phase 4', 'Phase 5']);
    expect(levels('000')).toEqual([[1, 300, 1], [2, 1800, 1], [3, 3600, 1]]);
    expect(runbook.triggers[0]).toMatchObject({ metric: 'error_rate', operator: '>', value: 1, unit: '%', forSeconds: 300 });
    expect(runbook.fields).toEqual([{ name: 'repo', where: 'command', line: 28 }]);
    expect(runbook.steps.find((step) => step.title === 'Core Functionality')).toMatchObject({ kind: 'manual', parentId: null });
    expect(runbook.steps.filter((step) => step.parentId?.endsWith('/core-functionality'))).toHaveLength(4);
  });

  it('001: three rollout phases, six checklist steps with commands, one level, five triggers, a gate and sign-offs', () => {
    const runbook = parseRunbook(seed('001'));
    expect(phases('001')).toHaveLength(3);
    const lines = seed('001').split('\n');
    const withCommands = runbook.steps.filter((step) => step.commands.length > 0 && /\[ \]/.test(lines[step.line - 1] ?? ''));
    expect(withCommands.map((step) => step.title)).toEqual([
      'Enable feature flag for canary users', 'Restart monitoring daemon', 'Verify canary deployment',
      'Expand feature flag coverage', 'Enable for all users', 'Execute rollback script',
    ]);
    expect(levels('001')).toEqual([[1, null, 1]]);
    expect(runbook.triggers.map(({ metric, operator, value, unit }) => [metric, operator, value, unit])).toEqual([
      ['Error rate', '>', 5, '%'], ['Performance degradation', '>', 50, '%'], ['Critical functionality broken', null, null, null],
      ['Memory usage', '>', 2, 'GB'], ['Support tickets spike', null, null, null],
    ]);
    expect(runbook.steps.filter((step) => step.kind === 'attestation').map((step) => step.owner)).toEqual(['QA Lead', 'Tech Lead', 'DevOps', 'Product', 'Security']);
    expect(runbook.steps.filter((step) => step.kind === 'gate').map((step) => step.decision)).toEqual(['go', 'no-go']);
    expect(runbook.metadata['Rollout Date']).toBe('TBD');
    expect(runbook.fields.map((field) => field.name)).toContain('Deployment Window');
  });

  it('001: every task item is a step at its own line', () => {
    const items = seed('001').split('\n').flatMap((text, index) => (/^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]/.test(text) ? [index + 1] : []));
    expect(parseRunbook(seed('001')).steps.map((step) => step.line)).toEqual(expect.arrayContaining(items));
    expect(items.length).toBeGreaterThan(150);
  });

  it('002: six task cards with owners, in order of their dependencies', () => {
    const cards = parseRunbook(seed('002')).steps.filter((step) => step.kind === 'task');
    expect(cards.map((card) => [card.id.slice(-2), card.owner, card.requires.map((id) => id.slice(-2))])).toEqual([
      ['01', 'test-engineer', []], ['02', 'test-engineer', ['01']], ['03', 'performance-specialist', ['02']],
      ['04', 'devops', ['02']], ['05', 'devops', ['04']], ['06', 'tech-writer', []],
    ]);
    expect(parseRunbook(seed('002')).steps.filter((step) => step.parentId === 'Task_3_2_01').map((step) => step.title)).toEqual(['All critical paths tested', 'Edge cases covered', 'Tests run in <30 seconds']);
    expect(cards[0]?.estimate).toEqual({ seconds: 6 * 3600, words: '5-6 hours' });
  });

  it('003: pipeline stages, verification steps, a rollback with commands', () => {
    const runbook = parseRunbook(seed('003'));
    expect(phases('003').filter((title) => title.startsWith('Stage'))).toHaveLength(4);
    const stage = runbook.sections.find((section) => section.title === 'Stage 3: Verification');
    expect(runbook.steps.filter((step) => step.sectionId === stage?.id).map((step) => step.title)).toContain('Test all API endpoints');
    expect(runbook.rollbackLevels[0]?.commands[0]?.text).toContain('rollback.py dev --last');
  });

  it('004: three levels that stand inside one fence, twice, and two alert rules', () => {
    const runbook = parseRunbook(seed('004'));
    expect(levels('004')).toEqual([[1, 120, 1], [2, 900, 1], [3, 2700, 1]]);
    expect(runbook.rollbackLevels[0]).toMatchObject({ title: 'Feature toggle', line: 99 });
    expect(runbook.rollbackLevels[0]?.commands[0]?.text).toBe('echo "ENABLE_PARALLEL_SPAWNING=false" >> .env\necho "ENABLE_PARALLEL_UPLOADS=false" >> .env\npm2 restart app\n');
    expect(runbook.rollbackLevels.map((level) => level.alternatives.length)).toEqual([1, 1, 1]);
    expect(runbook.triggers.map((trigger) => [trigger.severity, trigger.level])).toEqual([['CRITICAL', 1], ['WARNING', null]]);
  });

  it.each(seedFiles.map((file) => [file.slice(-24)]))('%s: every shell fence is a command of a step or a level', (name) => {
    const text = seed(name.slice(0, 3));
    const runbook = parseRunbook(text);
    const fences = text.split('\n').flatMap((line, index) => (/^\s*```(?:bash|sh)\s*$/.test(line) ? [index + 1] : []));
    const commands = [...runbook.steps.flatMap((step) => step.commands), ...runbook.rollbackLevels.flatMap((level) => level.commands)].map((command) => command.line);
    const places = [...commands, ...runbook.rollbackLevels.flatMap((level) => level.alternatives.map((other) => other.line))];
    for (const fence of fences) {
      const next = fences.find((other) => other > fence) ?? Infinity;
      expect(places.some((line) => line >= fence && line < next), `fence on line ${fence}`).toBe(true);
    }
  });
});
