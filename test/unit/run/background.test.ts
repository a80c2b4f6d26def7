import { expect, test } from 'vitest';
import { backgroundOf, foregroundOf, freeLane, MOST_AT_ONCE } from '../../../src/core/run/beside.ts';
import { statusOf } from '../../../src/core/run/derived.ts';
import { naturalEnd } from '../../../src/core/run/decideEnd.ts';
import { isComplete, nextStep } from '../../../src/core/run/order.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';

const group = { parallel: 'section warm' } as const;
const RUNBOOK = runbookOf([stepOf('serve', { commands: ['serve'], background: true }), ...Array.from({ length: MOST_AT_ONCE + 1 }, (_, at) => stepOf(`p${String(at)}`, { commands: [`p${String(at)}`], ...group })), stepOf('after', { commands: ['after'] })]);

function start(run: PureRun, stepId: string, place: { readonly background?: true; readonly lane?: number } = {}, acknowledged: readonly string[] = []): string {
  const executionId = `x${String(run.state?.starts ?? 0)}`;
  run.do({ type: 'startCommand', executionId, owner: { kind: 'step', stepId }, index: 0, count: 1, text: stepId, source: null, sha256: '', shell: 'bash', acknowledged, ...place });
  return executionId;
}
const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
  return 'allowed';
};

test('what stays up is settled for the order and holds up no step, but every end of the run', () => {
  const run = new PureRun(RUNBOOK);
  const serve = start(run, 'serve', { background: true });
  expect(nextStep(RUNBOOK, run.state)?.id).toBe('serve');
  expect(run.do({ type: 'stayUp', executionId: serve })).toEqual([{ type: 'command.stayedUp', executionId: serve }]);
  expect(run.do({ type: 'stayUp', executionId: serve })).toEqual([]);
  expect([statusOf(RUNBOOK, run.state as NonNullable<typeof run.state>, 'serve'), nextStep(RUNBOOK, run.state)?.id]).toEqual(['background', 'p0']);
  expect([foregroundOf(run.state).length, backgroundOf(run.state).length]).toEqual([0, 1]);
  expect(code(() => run.do({ type: 'endRun', outcome: 'abandoned', reason: 'r' }))).toBe('already-running');
});

test('a step in the background is started as one, and never twice', () => {
  const run = new PureRun(RUNBOOK);
  expect(code(() => start(run, 'serve'))).toBe('stale-step');
  expect(code(() => start(run, 'p0', { background: true }))).toBe('stale-step');
  const serve = start(run, 'serve', { background: true });
  run.do({ type: 'stayUp', executionId: serve });
  expect(code(() => start(run, 'serve', { background: true }, ['again']))).toBe('step-runs');
  expect(code(() => run.do({ type: 'reopen', stepId: 'serve' }))).toBe('step-runs');
});

test('stopped on request it stays settled, also for the end of the run, and may be opened again', () => {
  const run = new PureRun(RUNBOOK);
  const serve = start(run, 'serve', { background: true });
  run.do({ type: 'stayUp', executionId: serve });
  run.do({ type: 'requestStop', executionId: serve, force: false });
  run.end(serve, { kind: 'signalled', signal: 'SIGTERM' });
  for (const step of RUNBOOK.steps.slice(1)) run.do({ type: 'skip', stepId: step.id, reason: 'r' });
  const state = run.state as NonNullable<typeof run.state>;
  expect([statusOf(RUNBOOK, state, 'serve'), isComplete(RUNBOOK, state), naturalEnd(RUNBOOK, state)]).toEqual(['background', true, 'completed']);
  run.do({ type: 'reopen', stepId: 'serve' });
  expect(statusOf(RUNBOOK, run.state as NonNullable<typeof run.state>, 'serve')).toBe('open');
});

test('stopped before it stayed up, it is a failure', () => {
  const run = new PureRun(RUNBOOK);
  const serve = start(run, 'serve', { background: true });
  run.do({ type: 'requestStop', executionId: serve, force: false });
  run.end(serve, { kind: 'exited', code: 0 });
  expect(statusOf(RUNBOOK, run.state as NonNullable<typeof run.state>, 'serve')).toBe('failed');
});

test('steps of one group run beside each other up to the limit, each in a terminal that nothing else uses', () => {
  const run = new PureRun(RUNBOOK);
  const ids = Array.from({ length: MOST_AT_ONCE }, (_, at) => start(run, `p${String(at)}`, { lane: freeLane(run.state as NonNullable<typeof run.state>) }));
  expect([...(run.state?.executions.values() ?? [])].map(({ lane }) => lane)).toEqual(ids.map((_, at) => at + 1));
  expect(code(() => start(run, `p${String(MOST_AT_ONCE)}`, { lane: 9 }))).toBe('already-running');
  run.end(ids[1] ?? '');
  expect(freeLane(run.state as NonNullable<typeof run.state>)).toBe(2);
  expect(code(() => start(run, `p${String(MOST_AT_ONCE)}`, { lane: 1 }))).toBe('already-running');
  start(run, `p${String(MOST_AT_ONCE)}`, { lane: 2 });
  expect(code(() => start(run, 'after'))).toBe('already-running');
});
