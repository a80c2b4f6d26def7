import { expect, test } from 'vitest';
import { postMortem } from '../../../src/core/report/markdown/postMortem.ts';
import { reportOf } from '../../../src/core/report/buildReport.ts';
import { evolve, EMPTY_RUN } from '../../../src/core/run/evolve.ts';
import type { RunEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const BOOK = parseRunbook('# Deploy\n\n```bash {#a title="Switch | on"}\non\n```\n\n```bash {#send title=send irreversible}\nsend\n```\n\n```bash {undo=a}\noff\n```\n');
const command = (executionId: string, owner: object, text: string): RunEventBody => ({ type: 'command.started', executionId, owner, index: 0, count: 1, sha256: '', text, source: null, shell: 'bash', acknowledged: [] }) as RunEventBody;
const end = (executionId: string, code: number): RunEventBody => ({ type: 'command.ended', executionId, outcome: { kind: 'exited', code }, durationMs: 400, environmentCarried: true, outputTail: null });
const BODIES: readonly RunEventBody[] = [
  { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: 'x', git: null },
  command('1', { kind: 'step', stepId: 'a' }, 'on\n'), end('1', 0),
  command('2', { kind: 'step', stepId: 'send' }, 'send\n'), end('2', 1),
  { type: 'rollback.started', rollbackId: 'r', level: 0, title: 'Undo what started', budgetSeconds: null, planSha256: 'p', commands: [{ purpose: 'undo', text: 'off\n', language: 'bash', line: 1, sha256: '', undoes: ['a'] }] },
  command('3', { kind: 'rollback', rollbackId: 'r' }, 'off\n'), end('3', 2),
  { type: 'rollback.ended', rollbackId: 'r', outcome: 'abandoned', reason: 'by hand instead' },
];
const events: readonly RunEvent[] = BODIES.map((body, at) => ({ v: 1, id: `e${String(at)}`, run: 'RUN', writer: 'w', seq: at + 1, heads: {}, prev: null, time: new Date(Date.UTC(2026, 0, 5, 14, at)).toISOString(), actor: { name: 'Ada', email: null }, body }));

test('the timeline, what failed, the rollbacks and what remains changed are filled in; the rest is asked', () => {
  const report = reportOf(BOOK, events, events.reduce(evolve, EMPTY_RUN), { findings: [], anchor: { kind: 'none' } as never });
  const text = postMortem(report);
  expect(text).toContain('| 14:01:00 | Switch \\| on | exit 0 after 0.4 s |');
  expect(text).toContain('- Undo what started: abandoned after 3 m, 2026-01-05 14:05 UTC by Ada. Reason: by hand instead');
  expect(text).toContain('Not taken back:\n\n- Switch \\| on: failed\n\nPast the point of no return: cannot be taken back:\n\n- send');
  expect(text.match(/^## .*$/gm)).toEqual(['## Summary', '## Impact', '## Timeline', '## What went wrong', '## Rollbacks', '## What remains changed', '## Causes', '## What went well, and where we were lucky', '## Actions']);
});
