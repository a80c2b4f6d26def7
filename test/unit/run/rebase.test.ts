import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/core/run/decide.ts';
import { compareRunbooks, type Drift } from '../../../src/core/run/drift/compare.ts';
import { evolve } from '../../../src/core/run/evolve.ts';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import type { CommandOf, RunCommand } from '../../../src/core/run/commands.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import { planRebase } from '../../../src/core/run/drift/rebase.ts';
import { UserError } from '../../../src/core/userError.ts';
import { illegalities } from '../../fakes/legalState.ts';
import { levelOf, runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';

const sections = [sectionOf('g')];
const a = stepOf('a', { commands: ['one'] });
const b = stepOf('b', { commands: ['two'] });
const m = stepOf('m');
const go = stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'g' });
const levels = [levelOf(1, ['off'])];
const BOOK = runbookOf([m, a, go, b], { sections, rollbackLevels: levels });
const book = (...steps: Runbook['steps']): Runbook => runbookOf(steps, { sections, rollbackLevels: levels });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const driftTo = (now: Runbook): Drift => compareRunbooks(BOOK, now, sha256);
const REBASE: CommandOf<'rebase'> = { type: 'rebase', textSha256: 'new', keep: [] };

function stateOf(run: PureRun): RunState {
  if (run.state === null) throw new Error('no run');
  return run.state;
}

function apply(state: RunState, bodies: readonly RunEventBody[]): RunState {
  return bodies.reduce((now, body, at) => evolve(now, { v: 1, id: `z${String(at)}`, run: 'r', writer: 'z', seq: at + 1, heads: {}, prev: null, time: '2026-01-05T15:00:00.000Z', actor: { name: 'Bob', email: null }, body }), state);
}

function rebased(run: PureRun, now: Runbook, keep: readonly string[] = []): RunState {
  const state = apply(stateOf(run), decide(now, stateOf(run), { ...REBASE, keep }, driftTo(now)));
  expect(illegalities(state)).toEqual([]);
  return state;
}

const refusal = (run: PureRun, now: Runbook, command: RunCommand = REBASE, drift = driftTo(now)): string => {
  try {
    decide(now, run.state, command, drift);
    return 'allowed';
  } catch (error) {
    return error instanceof UserError ? error.code : String(error);
  }
};

const statuses = (state: RunState): Record<string, string> => Object.fromEntries([...state.steps].map(([id, { status }]) => [id, status]));

/** m and a are done, Go is taken. */
function halfDone(): PureRun {
  const run = new PureRun(BOOK);
  run.tick('m');
  run.run('a');
  run.do({ type: 'decideGate', stepId: 'go', decision: 'go' });
  return run;
}

describe('going on at a step that was edited', () => {
  const edited = book({ ...m, title: 'M2', titleMarkdown: 'M2' }, { ...a, commands: stepOf('a', { commands: ['other'] }).commands }, go, b);
  const start = (stepId: string, text: string): RunCommand => ({ type: 'startCommand', executionId: 'x', owner: { kind: 'step', stepId }, index: 0, count: 1, text, source: null, sha256: '', shell: 'bash', acknowledged: [] });

  test('is refused until its difference was acknowledged; other steps are not held up', () => {
    const run = new PureRun(BOOK);
    expect(refusal(run, edited, start('a', 'other'))).toBe('drift-not-acknowledged');
    expect(refusal(run, edited, { type: 'tick', stepId: 'm', note: null })).toBe('drift-not-acknowledged');
    const hash = driftTo(edited).steps.get('a')?.sha256 ?? '';
    const acknowledge: RunCommand = { type: 'acknowledgeDrift', subject: { kind: 'step', stepId: 'a' }, sha256: hash };
    const bodies = decide(edited, run.state, acknowledge, driftTo(edited));
    expect(bodies).toEqual([{ type: 'drift.acknowledged', subject: { kind: 'step', stepId: 'a' }, sha256: hash }]);
    run.state = apply(stateOf(run), bodies);
    expect(refusal(run, edited, start('a', 'other'))).toBe('allowed');
    expect(refusal(run, edited, { type: 'tick', stepId: 'm', note: null })).toBe('drift-not-acknowledged');
    // Once for each content: the same again says nothing new, and another edit asks again.
    expect(decide(edited, run.state, acknowledge, driftTo(edited))).toEqual([]);
    const again = book(m, stepOf('a', { commands: ['third'] }), go, b);
    expect(refusal(run, again, start('a', 'third'))).toBe('drift-not-acknowledged');
    expect(refusal(run, again, acknowledge)).toBe('edit-changed');
    expect(refusal(run, BOOK, start('a', 'one'))).toBe('allowed');
  });

  test('Go waits for the reading, No-Go does not', () => {
    const now = book(m, a, { ...go, decision: null, title: 'Decide', titleMarkdown: 'Decide' }, b);
    const run = new PureRun(BOOK);
    expect(refusal(run, now, { type: 'decideGate', stepId: 'go', decision: 'go' })).toBe('drift-not-acknowledged');
    expect(refusal(run, now, { type: 'decideGate', stepId: 'go', decision: 'no-go' })).toBe('allowed');
  });
});

describe('a rebase', () => {
  test('keeps what is the same, moved or renamed, and opens what was done with another content', () => {
    const run = halfDone();
    const now = book(b, { ...a, id: 'a2', title: 'Renamed', titleMarkdown: 'Renamed' }, { ...m, owner: 'Ops' }, go, stepOf('new'));
    const plan = planRebase(now, stateOf(run), driftTo(now));
    expect([plan.stays, plan.opens, plan.added, plan.gone].map((steps) => steps.map(({ id }) => id))).toEqual([['a2', 'go'], ['m'], ['new'], []]);
    const state = rebased(run, now);
    expect(statuses(state)).toEqual({ a2: 'done', m: 'open', go: 'done' });
    expect(state.rebases).toEqual([{ fromSha256: '', textSha256: 'new', at: '2026-01-05T15:00:00.000Z', by: { name: 'Bob', email: null } }]);
    expect(state.textSha256).toBe('');
    expect([...state.executions.values()].map(({ owner }) => owner)).toEqual([{ kind: 'step', stepId: 'a2' }]);
  });

  test('a step of which a person says so stays done, and is known to be so with the earlier text', () => {
    const state = rebased(halfDone(), book({ ...m, owner: 'Ops' }, stepOf('a', { commands: ['other'] }), go, b), ['a']);
    expect(statuses(state)).toEqual({ m: 'open', a: 'done', go: 'done' });
    expect(state.steps.get('a')?.earlierText).toBe(true);
    expect(state.steps.get('m')?.earlierText).toBe(false);
  });

  test('another title is the same work where a command does it, and other work where a person does', () => {
    const state = rebased(halfDone(), book({ ...m, title: 'M2', titleMarkdown: 'M2' }, { ...a, title: 'A2', titleMarkdown: 'A2' }, go, b));
    expect(statuses(state)).toEqual({ m: 'open', a: 'done', go: 'done' });
  });

  test('what was done after its present content had been read stays done', () => {
    const now = book({ ...m, owner: 'Ops' }, stepOf('a', { commands: ['other'] }), go, b);
    const run = new PureRun(BOOK);
    for (const stepId of ['m', 'a']) run.state = apply(stateOf(run), [{ type: 'drift.acknowledged', subject: { kind: 'step', stepId }, sha256: driftTo(now).steps.get(stepId)?.sha256 ?? '' }]);
    const edited = new PureRun(now);
    edited.state = run.state;
    edited.tick('m');
    edited.run('a');
    expect(statuses(rebased(edited, now))).toEqual({ m: 'done', a: 'done' });
    // It was read, and another text ran.
    run.run('a');
    expect(statuses(rebased(run, now))).toMatchObject({ a: 'open' });
  });

  test('a decision whose gate is another is taken back', () => {
    const state = rebased(halfDone(), book(m, a, { ...go, requires: ['m'] }, b));
    expect([state.gates.size, state.steps.get('go')?.status]).toEqual([0, 'open']);
  });

  test('what nobody knows the end of stays unknown', () => {
    const run = new PureRun(BOOK);
    run.run('a', { kind: 'lost', reason: 'r' });
    expect(statuses(rebased(run, book(m, stepOf('a', { commands: ['other'] }), go, b)))).toEqual({ a: 'unknown' });
  });

  test('is refused while a command runs, during a rollback, without the run’s text, and for the same text', () => {
    const run = new PureRun(BOOK);
    const now = book(m, a, go);
    expect(refusal(run, now, REBASE, compareRunbooks(null, now, sha256))).toBe('run-text-unknown');
    expect(refusal(run, now, { ...REBASE, textSha256: '' })).toBe('nothing-to-rebase');
    const executionId = run.start('a');
    expect(refusal(run, now)).toBe('already-running');
    run.end(executionId);
    run.do({ type: 'startRollback', rollbackId: 'r1', plan: { planId: 'p', level: 1, title: 'L', budgetSeconds: null, budgetWords: null, commands: [{ purpose: 'undo', text: 'off', language: 'bash', line: 1, sha256: '' }], sources: levels[0]?.commands ?? [], notUndone: [], startedStepIds: [] } });
    expect(refusal(run, now)).toBe('rollback-active');
    run.do({ type: 'endRollback', outcome: 'abandoned', reason: 'r' });
    expect(refusal(run, now)).toBe('allowed');
    run.do({ type: 'endRun', outcome: 'abandoned', reason: 'r' });
    expect(refusal(run, now)).toBe('run-ended');
  });

  test('is refused when a step that started is gone, and says which; one that did not start may go', () => {
    expect(refusal(halfDone(), book(m, go))).toBe('rebase-loses-steps');
    expect(() => decide(book(m, go), halfDone().state, REBASE, driftTo(book(m, go)))).toThrow('“Step a”');
    expect(statuses(rebased(halfDone(), book(m, a, go)))).toEqual({ m: 'done', a: 'done', go: 'done' });
    const reopened = halfDone();
    reopened.do({ type: 'reopen', stepId: 'a' });
    expect(refusal(reopened, book(m, go, b))).toBe('rebase-loses-steps');
  });
});

test('rolling back to a level that was edited needs it to be read', () => {
  const now = runbookOf(BOOK.steps, { sections, rollbackLevels: [levelOf(1, ['rm -rf /'])] });
  const command: RunCommand = { type: 'startRollback', rollbackId: 'r1', plan: { planId: 'p', level: 1, title: 'L', budgetSeconds: null, budgetWords: null, commands: [], sources: [], notUndone: [], startedStepIds: [] } };
  const run = new PureRun(BOOK);
  expect(refusal(run, now, command)).toBe('drift-not-acknowledged');
  const hash = driftTo(now).levels.get(1)?.sha256 ?? '';
  run.state = apply(stateOf(run), decide(now, run.state, { type: 'acknowledgeDrift', subject: { kind: 'level', level: 1 }, sha256: hash }, driftTo(now)));
  expect(refusal(run, now, command)).toBe('allowed');
});
