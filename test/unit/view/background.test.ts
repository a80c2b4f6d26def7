import { expect, test } from 'vitest';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { StepBlockView } from '../../../src/core/view/viewModel.ts';
import type { Outcome } from '../../../src/core/run/events.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';
import { timelineOf } from '../../../src/core/report/buildTimeline.ts';
import { EMPTY_RUN } from '../../../src/core/run/evolve.ts';
import { buildReviewView } from '../../../src/core/view/review/buildReviewView.ts';
import { input } from './fixture.ts';
import { planRollback } from '../../../src/core/rollback/planRollback.ts';

const BLOCKS = ['serve', 'use', 'a', 'b', 'after'].map((stepId) => ({ kind: 'step' as const, stepId }));
const group = { parallel: 'section warm' } as const;
const RUNBOOK = runbookOf(
  [stepOf('serve', { commands: ['serve'], background: true }), stepOf('use', { commands: ['use'] }), stepOf('a', { commands: ['a'], ...group }), stepOf('b', { commands: ['b'], ...group }), stepOf('after', { commands: ['after'] })],
  { blocks: BLOCKS, rollbackLevels: [levelOf(1, ['back'])] },
);

function start(run: PureRun, stepId: string, place: { readonly background?: true; readonly lane?: number }): string {
  const executionId = `x-${stepId}`;
  run.do({ type: 'startCommand', executionId, owner: { kind: 'step', stepId }, index: 0, count: 1, text: stepId, source: null, sha256: '', shell: 'bash', acknowledged: [], ...place });
  return executionId;
}

function serving(): { readonly run: PureRun; readonly executionId: string } {
  const run = new PureRun(RUNBOOK);
  const executionId = start(run, 'serve', { background: true });
  run.do({ type: 'stayUp', executionId });
  return { run, executionId };
}

const view = (run: PureRun): ReturnType<typeof buildPanelView> => buildPanelView(input(run.state, { runbook: RUNBOOK }));
function step(run: PureRun, stepId: string): StepBlockView {
  const block = view(run).blocks.find((each) => each.kind === 'step' && each.stepId === stepId);
  if (block?.kind !== 'step') throw new Error(`no ${stepId}`);
  return block;
}
const labels = ({ actions }: StepBlockView): readonly string[] => actions.filter(({ disabledBecause, style }) => disabledBecause === null && style !== 'quiet').map(({ label }) => label);

test('what runs in the background says so with its time, can be stopped and restarted, and holds up nothing', () => {
  const { run } = serving();
  const block = step(run, 'serve');
  expect(block.statusWords).toMatch(/^running in the background since /);
  expect([block.status, block.by, block.tags.map(({ text }) => text)]).toEqual(['background', '', ['background']]);
  expect(block.actions.slice(0, 3).map(({ label, disabledBecause }) => [label, disabledBecause])).toEqual([['Show terminal', null], ['Stop', null], ['Restart…', null]]);
  expect(block.actions[0]).toMatchObject({ id: 'showStepTerminal', stepId: 'serve' });
  expect(labels(step(run, 'use'))).toEqual(['Run']);
  expect([view(run).header.done, view(run).header.primary?.label]).toEqual([1, 'Run next step']);
});

test('while it only begins, everything waits', () => {
  const run = new PureRun(RUNBOOK);
  start(run, 'serve', { background: true });
  expect([step(run, 'serve').status, step(run, 'use').actions[0]?.disabledBecause]).toEqual(['running', '“Step serve” is running.']);
});

test('one that was stopped is neither done nor failed', () => {
  const { run, executionId } = serving();
  run.do({ type: 'requestStop', executionId, force: false });
  expect(step(run, 'serve').actions[1]?.label).toBe('Force stop');
  run.end(executionId, { kind: 'exited', code: 130 });
  const block = step(run, 'serve');
  expect([block.status, block.statusWords, block.commands[0]?.state, block.message]).toEqual(['background', 'stopped', 'stopped', null]);
  expect(block.by).toMatch(/^ran in the background, stopped /);
  expect(view(run).notices).toEqual([]);
});

test.each<[Outcome, string, string, RegExp]>([
  [{ kind: 'exited', code: 1 }, 'failed', 'error', /exit 1/],
  [{ kind: 'exited', code: 0 }, 'done', 'warning', /exit 0/],
  [{ kind: 'signalled', signal: 'SIGHUP' }, 'failed', 'error', /ended by SIGHUP/],
  [{ kind: 'lost', reason: 'gone.' }, 'unknown', 'error', /end unknown/],
])('an end by itself (%j) is said above the document and at the step, until it is dealt with', (outcome, status, severity, words) => {
  const { run, executionId } = serving();
  run.end(executionId, outcome);
  const block = step(run, 'serve');
  expect([block.status, block.message?.severity]).toEqual([status, severity]);
  expect(block.message?.text).toMatch(/^This ran in the background, and /);
  const [notice] = view(run).notices;
  expect([notice?.severity, notice?.text]).toEqual([severity, expect.stringMatching(words)]);
  if (status === 'done') return;
  run.do({ type: 'markDone', stepId: 'serve', reason: 'it was not needed' });
  expect(view(run).notices).toEqual([]);
});

test('for a reader of a record it does not run: no end is recorded', () => {
  const { run } = serving();
  const state = run.state ?? EMPTY_RUN;
  const reviewed = buildReviewView({ runbook: RUNBOOK, state, events: [], integrity: null, timeline: timelineOf(RUNBOOK, []), text: 'kept', reviewer: null, lockedBecause: null, prompt: null, error: null, formatTime: (iso) => iso });
  const block = reviewed.blocks.find((each) => each.kind === 'step' && each.stepId === 'serve');
  expect(block).toMatchObject({ status: 'unknown', statusWords: 'no end is recorded', by: '', runningSince: null });
});

test('the plan of a rollback says what runs on meanwhile', () => {
  const { run } = serving();
  const plan = planRollback(RUNBOOK, run.state, 1, () => 'h');
  const lists = buildPanelView(input(run.state, { runbook: RUNBOOK, plan })).rollback?.lists ?? [];
  expect(lists).toContainEqual({ heading: expect.stringContaining('in the background') as string, items: ['Step serve'] });
});

test('of a group others may begin beside what runs, nothing else may, and each can be stopped', () => {
  const run = new PureRun(RUNBOOK);
  start(run, 'a', { lane: 1 });
  expect(labels(step(run, 'b'))).toEqual(['Run']);
  expect(step(run, 'after').actions[0]?.disabledBecause).toBe('“Step a” is running.');
  start(run, 'b', { lane: 2 });
  expect([labels(step(run, 'a')), labels(step(run, 'b'))]).toEqual([['Show terminal', 'Stop'], ['Show terminal', 'Stop']]);
  expect(step(run, 'after').actions[0]?.disabledBecause).toBe('2 commands are running.');
  expect(step(run, 'a').tags.map(({ text }) => text)).toContain('parallel with 1 other');
  run.do({ type: 'skip', stepId: 'serve', reason: 'no' });
  run.do({ type: 'skip', stepId: 'use', reason: 'no' });
  expect(view(run).header.announcement).toMatch(/^2 steps are running at the same time\./);
});

test('where a group ends it is said that nothing of its environment is carried on', () => {
  const run = new PureRun(RUNBOOK);
  const [a, b] = [start(run, 'a', { lane: 1 }), start(run, 'b', { lane: 2 })];
  run.end(a);
  expect([step(run, 'a').message, step(run, 'b').message]).toEqual([null, null]);
  run.end(b);
  expect(step(run, 'a').message).toBeNull();
  expect(step(run, 'b').message?.text).toContain('is not carried on');
});
