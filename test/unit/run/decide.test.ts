import { describe, expect, test } from 'vitest';
import type { RunCommand } from '../../../src/core/run/commands.ts';
import { decide } from '../../../src/core/run/decide.ts';
import { planRollback } from '../../../src/core/rollback/planRollback.ts';
import { UserError } from '../../../src/core/userError.ts';
import { levelOf, runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';

const BOOK = runbookOf(
  [
    stepOf('m'),
    stepOf('c', { commands: ['one', 'two'] }),
    stepOf('p'),
    stepOf('p1', { parentId: 'p' }),
    stepOf('p2', { parentId: 'p', commands: ['x'] }),
    stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'g' }),
    stepOf('no', { kind: 'gate', decision: 'no-go', sectionId: 'g' }),
  ],
  { sections: [sectionOf('g')], rollbackLevels: [levelOf(1, ['off'], ['probe'])] },
);
const LOST = { kind: 'lost', reason: '' } as const;
const FAILED = { kind: 'exited', code: 1 } as const;

function refusal(run: PureRun, command: RunCommand): string {
  try {
    decide(run.runbook, run.state, command);
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'allowed';
}
const start = (stepId: string, index: number, text: string, acknowledged: readonly string[] = []): RunCommand => ({ type: 'startCommand', executionId: 'y', owner: { kind: 'step', stepId }, index, count: BOOK.steps.find(({ id }) => id === stepId)?.commands.length ?? 0, text, source: null, sha256: '', shell: 'bash', acknowledged });

describe('by hand', () => {
  test('a tick is for open steps without commands, children or decision', () => {
    const run = new PureRun(BOOK);
    const tick = (stepId: string): string => refusal(run, { type: 'tick', stepId, note: null });
    expect(['m', 'c', 'p', 'p1', 'go', 'ghost'].map(tick)).toEqual(['allowed', 'has-commands', 'follows-children', 'allowed', 'is-gate', 'step-vanished']);
    run.tick('m');
    expect(tick('m')).toBe('wrong-status');
  });

  test('untick is for what was ticked, reopen for what was skipped, forced, failed or decided; neither for what is unknown', () => {
    const run = new PureRun(BOOK);
    run.tick('m');
    run.run('c', FAILED);
    run.run('p2', LOST);
    const of = (type: 'untick' | 'reopen', stepId: string): string => refusal(run, { type, stepId });
    expect([of('untick', 'm'), of('untick', 'c'), of('reopen', 'c'), of('reopen', 'p2'), of('reopen', 'p1'), of('reopen', 'p')]).toEqual(['allowed', 'wrong-status', 'allowed', 'wrong-status', 'wrong-status', 'follows-children']);
    run.do({ type: 'markDone', stepId: 'p2', reason: 'looked' });
    expect(of('reopen', 'p2')).toBe('allowed');
  });

  test('skipping a parent skips what is open below it; a gate is decided and not skipped', () => {
    const run = new PureRun(BOOK);
    run.tick('p1');
    expect(run.do({ type: 'skip', stepId: 'p', reason: ' no need ' })).toEqual([{ type: 'step.skipped', stepId: 'p2', reason: 'no need' }]);
    expect(refusal(run, { type: 'skip', stepId: 'go', reason: 'r' })).toBe('is-gate');
    expect(refusal(run, { type: 'skip', stepId: 'm', reason: '  ' })).toBe('reason-missing');
    expect(refusal(run, { type: 'markDone', stepId: 'm', reason: '' })).toBe('reason-missing');
  });

  test('exactly one choice of a gate is taken, with the decision that it stands for', () => {
    const run = new PureRun(BOOK);
    const take = (stepId: string, decision: 'go' | 'no-go'): string => refusal(run, { type: 'decideGate', stepId, decision });
    expect([take('go', 'no-go'), take('m', 'go'), take('go', 'go')]).toEqual(['other-decision', 'not-a-gate', 'allowed']);
    run.do({ type: 'decideGate', stepId: 'go', decision: 'go' });
    expect([take('no', 'no-go'), take('go', 'go'), refusal(run, { type: 'reopen', stepId: 'no' })]).toEqual(['gate-decided', 'gate-decided', 'gate-decided']);
  });
});

describe('commands', () => {
  test('one at a time, in order, with the bytes of the document', () => {
    const run = new PureRun(BOOK);
    expect([refusal(run, start('c', 1, 'two')), refusal(run, start('c', 0, 'other')), refusal(run, start('m', 0, '')), refusal(run, start('c', 0, 'one'))]).toEqual(['stale-step', 'stale-step', 'nothing-to-run', 'allowed']);
    run.start('c');
    expect(refusal(run, start('p2', 0, 'x'))).toBe('already-running');
    for (const command of [{ type: 'skip', stepId: 'c', reason: 'r' }, { type: 'markDone', stepId: 'c', reason: 'r' }, { type: 'reopen', stepId: 'c' }] as const) expect(refusal(run, command)).toBe('step-runs');
    expect(refusal(run, { type: 'endRun', outcome: 'abandoned', reason: 'r' })).toBe('already-running');
  });

  test('again only when said so; after a loss only when looked at', () => {
    const run = new PureRun(BOOK);
    run.run('p2');
    expect([refusal(run, start('p2', 0, 'x')), refusal(run, start('p2', 0, 'x', ['again']))]).toEqual(['not-acknowledged', 'allowed']);
    run.run('c', LOST);
    expect([refusal(run, start('c', 0, 'one')), refusal(run, start('c', 0, 'one', ['lost']))]).toEqual(['not-acknowledged', 'allowed']);
  });

  test('an end is recorded once; a real one takes the place of a loss', () => {
    const run = new PureRun(BOOK);
    const id = run.start('p2');
    run.end(id, LOST);
    expect(run.do({ type: 'endCommand', executionId: id, outcome: LOST, durationMs: null, environmentCarried: null, outputTail: null })).toEqual([]);
    run.end(id);
    expect(run.state?.steps.get('p2')?.status).toBe('done');
    expect(refusal(run, { type: 'requestStop', executionId: id, force: false })).toBe('nothing-runs');
  });

  test('what ends after Stop is cancelled, whatever its code', () => {
    const run = new PureRun(BOOK);
    const id = run.start('p2');
    run.do({ type: 'requestStop', executionId: id, force: false });
    run.end(id, { kind: 'exited', code: 0 });
    expect(run.state?.executions.get(id)?.outcome).toEqual({ kind: 'cancelled', code: 0 });
    expect(run.state?.steps.get('p2')?.status).toBe('failed');
  });
});

describe('the end', () => {
  test('completed when all is settled, stopped after No-Go, rolled back after a rollback, else abandoned with a reason', () => {
    const run = new PureRun(BOOK);
    const end = (outcome: 'completed' | 'stopped' | 'rolled-back' | 'abandoned', reason: string | null = null): string => refusal(run, { type: 'endRun', outcome, reason });
    expect([end('completed'), end('stopped'), end('rolled-back'), end('abandoned'), end('abandoned', 'r')]).toEqual(['run-not-complete', 'not-stopped', 'not-rolled-back', 'reason-missing', 'allowed']);
    for (const stepId of ['m', 'c', 'p']) run.do({ type: 'skip', stepId, reason: 'r' });
    expect(end('completed')).toBe('run-not-complete');
    run.do({ type: 'decideGate', stepId: 'go', decision: 'go' });
    expect(end('completed')).toBe('allowed');
    run.do({ type: 'endRun', outcome: 'completed', reason: null });
    expect(refusal(run, { type: 'untick', stepId: 'm' })).toBe('run-ended');
    expect(refusal(run, { type: 'startRun', title: '', file: '', textSha256: '', git: null })).toBe('allowed');
  });

  test('nothing without a run, and no second run beside one', () => {
    const run = new PureRun(BOOK);
    expect(refusal(run, { type: 'startRun', title: '', file: '', textSha256: '', git: null })).toBe('run-started');
    run.state = null;
    expect(refusal(run, { type: 'tick', stepId: 'm', note: null })).toBe('no-run');
  });
});

test('a rollback ends as succeeded only with the evidence for it', () => {
  const run = new PureRun(BOOK);
  const plan = planRollback(BOOK, run.state, 1, (text) => `hash of ${text}`);
  run.do({ type: 'startRollback', rollbackId: 'r1', plan });
  expect(refusal(run, { type: 'endRollback', outcome: 'succeeded', reason: null })).toBe('rollback-active');
  expect(refusal(run, { type: 'endRun', outcome: 'abandoned', reason: 'r' })).toBe('rollback-active');
  const step = (index: number, text: string): RunCommand => ({ type: 'startCommand', executionId: `y${String(index)}`, owner: { kind: 'rollback', rollbackId: 'r1' }, index, count: 2, text, source: null, sha256: '', shell: 'bash', acknowledged: [] });
  expect([refusal(run, step(1, 'probe')), refusal(run, step(0, 'evil')), refusal(run, step(0, 'off'))]).toEqual(['plan-changed-midway', 'plan-changed-midway', 'allowed']);
  run.do(step(0, 'off'));
  run.end('y0');
  run.do(step(1, 'probe'));
  run.end('y1');
  run.do({ type: 'endRollback', outcome: 'succeeded', reason: null });
  expect(run.state?.rollbacks[0]?.outcome).toBe('succeeded');
});

describe('a plan', () => {
  const hash = (text: string): string => text;
  test('is another one when anything that decides what runs is', () => {
    const id = (level = levelOf(1, ['off'], ['probe']), shell: string | null = null): string => planRollback(runbookOf([], { rollbackLevels: [level], frontMatter: { version: null, title: null, shell, timeoutSeconds: null } }), null, 1, hash).planId;
    const same = levelOf(1, ['off'], ['probe'], { title: 'Other words', line: 99 });
    expect(id(same)).toBe(id());
    expect(new Set([id(), id(levelOf(1, ['off', 'probe'])), id(levelOf(1, ['off'], ['prob'])), id(levelOf(1, ['off'], ['probe']), 'zsh')]).size).toBe(4);
  });

  test('names the steps of which anything may have run', () => {
    const run = new PureRun(BOOK);
    run.tick('m');
    run.run('c', { kind: 'notStarted', reason: '' });
    run.run('p2', LOST);
    expect(planRollback(BOOK, run.state, 1, hash).startedStepIds).toEqual(['m', 'p2']);
  });
});
