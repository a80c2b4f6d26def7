import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const FENCE = '```';
const codes = (text: string): readonly string[] => parseRunbook(text).diagnostics.map(({ code }) => code);

describe('soak=', () => {
  it('is read on a heading, on an item, on a fence and on a fence in an item', () => {
    const runbook = parseRunbook(`# R\n\n## Staging <!-- {#staging soak=4h} -->\n\n- [ ] Look <!-- {#look soak=90s} -->\n- [ ] Run it\n\n  ${FENCE}bash {#in soak=2d}\n  true\n  ${FENCE}\n\n${FENCE}bash {#bare soak=5m}\ntrue\n${FENCE}\n`);
    expect(runbook.sections.find(({ id }) => id === 'staging')?.soak).toEqual({ seconds: 4 * 3600, words: '4h' });
    expect(runbook.steps.map(({ id, soak }) => [id, soak?.seconds])).toEqual([['look', 90], ['in', 2 * 86_400], ['bare', 300]]);
    expect(runbook.diagnostics.filter(({ code }) => code !== 'no-way-back')).toEqual([]);
  });

  it('leaves what headings say of time an estimate', () => {
    const runbook = parseRunbook('# R\n\n## Soak (24-48 hours)\n\n- [ ] Watch (4 hours)\n');
    expect(runbook.sections.at(-1)).toMatchObject({ budgetSeconds: 48 * 3600 });
    expect([...runbook.sections, ...runbook.steps].some((each) => each.soak !== undefined)).toBe(false);
  });

  it.each(['soak', 'soak=0m', 'soak=soon', 'soak=400d', 'soak="4 lightyears"'])('reports %s, and nothing waits', (written) => {
    const text = `# R\n\n## S <!-- {${written}} -->\n\n- [ ] a\n`;
    expect(codes(text)).toEqual(['bad-value']);
    expect(parseRunbook(text).sections.at(-1)?.soak).toBeUndefined();
  });

  it('says that it does nothing in a rollback section', () => {
    expect(codes('# R\n\n## Rollback <!-- {soak=1h} -->\n\n- [ ] a\n')).toEqual(['soak-aside']);
  });

  it('counts once for a task card', () => {
    const runbook = parseRunbook('# R\n\n### Task_1: Build <!-- {soak=1h} -->\n\n- **Assignee**: Ada\n- **Execution**: Independent\n');
    expect(runbook.steps.map(({ kind, soak }) => [kind, soak])).toEqual([['task', undefined]]);
    expect(runbook.sections.at(-1)?.soak?.words).toBe('1h');
  });
});
