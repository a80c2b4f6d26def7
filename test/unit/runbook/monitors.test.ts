import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { watchedTriggers } from '../../../src/core/monitor/watched.ts';

const LEVEL = '\n## Rollback\n\n### Level 1: Off\n\n```bash\noff\n```\n';
const parse = (yaml: string, body = ''): ReturnType<typeof parseRunbook> => parseRunbook(`---\n${yaml}\n---\n\n# R\n${body}${LEVEL}`);
const found = (yaml: string, body = ''): readonly string[] => parse(yaml, body).diagnostics.map(({ severity, code, line }) => `${severity} ${code} ${String(line)}`);

describe('monitors and triggers of the front matter', () => {
  it('are read, and those of the prose are measured by the same name', () => {
    const runbook = parse(
      'shell: bash\nmonitors:\n  error_rate: { command: "./bin/metric error_rate", every: 10s, unit: "%" }\n  p95-latency: { command: "./bin/metric p95", timeout: 5s, shell: sh }\ntriggers:\n  - { when: "error_rate > 5%", for: 5m, level: 1 }',
      '\n## Rollback triggers\n\n- P95 latency > 800 ms for 2 minutes\n- Users complain\n',
    );
    expect(runbook.frontMatter.monitors).toMatchObject([
      { name: 'error_rate', everySeconds: 10, timeoutSeconds: 10, unit: '%', line: 4, command: { text: './bin/metric error_rate\n', language: 'bash' } },
      { name: 'p95-latency', everySeconds: 30, timeoutSeconds: 5, unit: null, command: { language: 'sh' } },
    ]);
    expect(watchedTriggers(runbook).map(({ monitor, trigger }) => [monitor.name, trigger.operator, trigger.value, trigger.forSeconds, trigger.level])).toEqual([
      ['error_rate', '>', 5, 300, 1],
      ['p95-latency', '>', 800, 120, null],
    ]);
    expect(runbook.diagnostics.map(({ code }) => code)).toEqual([]);
  });

  it.each<[string, string]>([
    ['monitors: []', 'error bad-value 2'],
    ['monitors:\n  m: 5', 'error bad-value 3'],
    ['monitors:\n  m: { every: 30s }', 'error bad-value 3'],
    ['monitors:\n  m: { command: "" }', 'error bad-value 3'],
    ['monitors:\n  m: { command: x, every: often }', 'error bad-value 3'],
    ['monitors:\n  m: { command: x, every: 100ms }', 'error bad-value 3'],
    ['monitors:\n  m: { command: x, timeout: 0s }', 'error bad-value 3'],
    ['monitors:\n  m: { command: x, shell: python3 }', 'error bad-value 3'],
    ['monitors:\n  m: { command: x, unit: "a b" }', 'error bad-value 3'],
    ['monitors:\n  m: { command: "curl {{host}}" }', 'error bad-value 3'],
    ['monitors:\n  m: { comand: x }', 'error unknown-key 3'],
    ['monitors:\n  a b: { command: x }\n  a_b: { command: y }', 'error bad-value 4'],
    ['monitors:\n  m: { command: "echo \u200b" }', 'warning hidden-characters 3'],
    ['monitors:\n  m: { command: x }', 'info no-trigger 3'],
    ['triggers: 5', 'error bad-value 2'],
    ['triggers:\n  - { when: "error rate is high" }', 'error bad-value 3'],
    ['triggers:\n  - { for: 5m }', 'error bad-value 3'],
    ['triggers:\n  - { when: "m > 5", for: long }', 'error bad-value 3'],
    ['triggers:\n  - { when: "m > 5", level: first }', 'error bad-value 3'],
    ['triggers:\n  - { when: "m > 5" }', 'warning no-monitor 3'],
    ['monitors:\n  m: { command: x }\ntriggers:\n  - { when: "m > 5", level: 7 }', 'warning unknown-level 5'],
    ['monitors:\n  m: { command: x, unit: ms }\ntriggers:\n  - { when: "m > 5 %" }', 'warning other-unit 5'],
  ])('%j is reported', (yaml, finding) => {
    expect(found(yaml)).toContain(finding);
  });

  it('a trigger of the prose without a monitor is a remark at most, and none without monitors', () => {
    const body = '\n## Rollback triggers\n\n- Error rate > 5%\n';
    expect(found('runbook: 1', body)).toEqual([]);
    expect(found('monitors:\n  other: { command: x }', body).filter((each) => each.includes('no-monitor'))).toEqual([expect.stringMatching(/^info/)]);
  });
});
