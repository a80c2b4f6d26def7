import { describe, expect, test } from 'vitest';
import { firstCommandToRun, latestExecution, statusOf } from '../../../src/core/run/derived.ts';
import { forwardSteps, isComplete, nextStep, runsByItself, waitOf, waitWords } from '../../../src/core/run/order.ts';
import { runProgress, sectionProgress } from '../../../src/core/run/progress.ts';
import type { Step } from '../../../src/core/runbook/model.ts';
import { runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';

const FAILED = { kind: 'exited', code: 1 } as const;
const LOST = { kind: 'lost', reason: '' } as const;
const go = (section: string | null = 'gate'): readonly Step[] => [stepOf(`go ${String(section)}`, { kind: 'gate', decision: 'go', sectionId: section }), stepOf(`no ${String(section)}`, { kind: 'gate', decision: 'no-go', sectionId: section })];
const waits = (run: PureRun, id: string): string | null => {
  const step = run.runbook.steps.find((each) => each.id === id);
  const wait = step === undefined ? null : waitOf(run.runbook, run.state, step);
  return wait === null ? null : waitWords(wait);
};

describe('the way forward', () => {
  test('is document order without what stands aside and without derived parents', () => {
    const book = runbookOf([stepOf('p'), stepOf('p1', { parentId: 'p' }), stepOf('q', { commands: ['x'] }), stepOf('q1', { parentId: 'q' }), stepOf('back', { aside: true })]);
    expect(forwardSteps(book).map(({ id }) => id)).toEqual(['p1', 'q', 'q1']);
  });

  test('goes to the first step that is not settled and waits for nothing; a failed one stays the next', () => {
    const run = new PureRun(runbookOf([stepOf('a', { requires: ['c'] }), stepOf('b', { commands: ['x'] }), stepOf('c')]));
    expect(nextStep(run.runbook, run.state)?.id).toBe('b');
    run.run('b', FAILED);
    expect(nextStep(run.runbook, run.state)?.id).toBe('b');
    run.do({ type: 'skip', stepId: 'b', reason: 'r' });
    expect(nextStep(run.runbook, run.state)?.id).toBe('c');
    run.tick('c');
    expect(nextStep(run.runbook, run.state)?.id).toBe('a');
    run.tick('a');
    expect(nextStep(run.runbook, run.state)).toBeNull();
    expect(isComplete(run.runbook, run.state!)).toBe(true);
  });

  test('without a run everything is open', () => {
    const book = runbookOf([stepOf('a')]);
    expect([statusOf(book, null, 'a'), nextStep(book, null)?.id, runProgress(book, null)]).toEqual(['open', 'a', { done: 0, failed: 0, running: 0, total: 1 }]);
  });

  test('only untried command steps run by themselves', () => {
    const run = new PureRun(runbookOf([stepOf('m'), stepOf('c', { commands: ['x'] }), stepOf('f', { commands: ['x'] }), stepOf('s', { kind: 'attestation', commands: ['x'] }), ...go()]));
    run.run('f', FAILED);
    expect(run.runbook.steps.filter((step) => run.state !== null && runsByItself(run.state, step)).map(({ id }) => id)).toEqual(['c']);
  });
});

describe('what a step waits for', () => {
  test('steps and sections that it requires; ids that name nothing', () => {
    const run = new PureRun(runbookOf([stepOf('a', { sectionId: 's' }), stepOf('b', { sectionId: 's' }), stepOf('c', { requires: ['s', 'a'] }), stepOf('d', { requires: ['ghost'] })], { sections: [sectionOf('s')] }));
    expect(waits(run, 'c')).toBe('waits for Section s, Step a');
    run.tick('a');
    expect(waits(run, 'c')).toBe('waits for Section s');
    run.do({ type: 'skip', stepId: 'b', reason: 'r' });
    expect(waits(run, 'c')).toBeNull();
    expect(waits(run, 'd')).toBe('requires ghost, which the runbook does not have');
  });

  test('an undecided gate before it, but not the gate’s own criteria, nor what comes before or stands aside', () => {
    const run = new PureRun(runbookOf([stepOf('before'), ...go(), stepOf('criterion', { sectionId: 'gate' }), stepOf('after'), stepOf('back', { aside: true })], { sections: [sectionOf('gate', { title: 'Go/No-Go' })] }));
    expect(['before', 'go gate', 'criterion', 'after', 'back'].map((id) => waits(run, id))).toEqual([null, null, null, 'waits for the decision at Go/No-Go', null]);
    run.do({ type: 'decideGate', stepId: 'go gate', decision: 'go' });
    expect(waits(run, 'after')).toBeNull();
    expect([statusOf(run.runbook, run.state, 'go gate'), statusOf(run.runbook, run.state, 'no gate')]).toEqual(['done', 'skipped']);
  });

  test('No-Go stops everything ahead, everywhere, until it is reopened', () => {
    const run = new PureRun(runbookOf([stepOf('before'), ...go(), stepOf('after'), stepOf('back', { aside: true })], { sections: [sectionOf('gate')] }));
    run.do({ type: 'decideGate', stepId: 'no gate', decision: 'no-go' });
    expect(['before', 'after', 'back'].map((id) => waits(run, id))).toEqual(['stopped by No-Go at Section gate', 'stopped by No-Go at Section gate', null]);
    expect(nextStep(run.runbook, run.state)).toBeNull();
    run.do({ type: 'reopen', stepId: 'no gate' });
    expect(waits(run, 'before')).toBeNull();
  });

  test('a second gate waits for the first', () => {
    const run = new PureRun(runbookOf([...go('one'), ...go('two')], { sections: [sectionOf('one'), sectionOf('two')] }));
    expect(waits(run, 'go two')).toBe('waits for the decision at Section one');
    expect(runProgress(run.runbook, run.state)).toMatchObject({ done: 0, total: 2 });
    run.do({ type: 'decideGate', stepId: 'go one', decision: 'go' });
    expect(runProgress(run.runbook, run.state)).toMatchObject({ done: 1, total: 2 });
  });
});

describe('a step’s status', () => {
  test('comes from its children: partly, done, skipped, and the loudest first', () => {
    const run = new PureRun(runbookOf([stepOf('p'), stepOf('a', { parentId: 'p' }), stepOf('b', { parentId: 'p', commands: ['x'] }), stepOf('c', { parentId: 'b' })]));
    const now = (): readonly string[] => ['p', 'b'].map((id) => statusOf(run.runbook, run.state, id));
    expect(now()).toEqual(['open', 'open']);
    run.tick('a');
    expect(now()).toEqual(['partly', 'open']);
    const running = run.start('b');
    expect(now()).toEqual(['running', 'running']);
    run.end(running, LOST);
    expect(now()).toEqual(['unknown', 'unknown']);
    run.run('b', undefined, 0, ['lost']);
    expect(now()).toEqual(['partly', 'partly']);
    run.tick('c');
    expect(now()).toEqual(['done', 'done']);
    expect(runProgress(run.runbook, run.state)).toEqual({ done: 3, failed: 0, running: 0, total: 3 });
  });

  test('of several commands is done when each has succeeded with the text that it has now', () => {
    const book = runbookOf([stepOf('a', { commands: ['one', 'two'] })]);
    const run = new PureRun(book);
    const [step] = book.steps;
    run.run('a');
    expect(statusOf(book, run.state, 'a')).toBe('partly');
    expect(firstCommandToRun(run.state, step!)).toBe(1);
    expect(latestExecution(run.state, 'a', 0)?.outcome).toEqual({ kind: 'exited', code: 0 });
    expect(firstCommandToRun(run.state, stepOf('a', { commands: ['edited', 'two'] }))).toBe(0);
    run.run('a', FAILED, 1);
    expect(statusOf(book, run.state, 'a')).toBe('failed');
    expect(firstCommandToRun(run.state, step!)).toBe(1);
    run.do({ type: 'reopen', stepId: 'a' });
    expect(firstCommandToRun(run.state, step!)).toBe(0);
    expect(latestExecution(run.state, 'a', 0)).toBeNull();
  });
});

test('progress of a section counts those inside it, and its own steps when all stand aside', () => {
  const run = new PureRun(runbookOf([stepOf('a', { sectionId: 'in' }), stepOf('b', { sectionId: 'out' }), stepOf('r', { sectionId: 'back', aside: true })], { sections: [sectionOf('out'), sectionOf('in', { parentId: 'out' }), sectionOf('back')] }));
  run.tick('a', 'r');
  expect(['out', 'in', 'back'].map((id) => sectionProgress(run.runbook, run.state, id)).map(({ done, total }) => `${String(done)}/${String(total)}`)).toEqual(['1/2', '1/1', '1/1']);
});
