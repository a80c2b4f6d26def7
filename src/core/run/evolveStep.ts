import { withEntry } from './entries.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import type { RunState, StepRecord } from './state.ts';

/** What a person says of a step. */
export type StepEvent = Extract<RunEventBody, { type: `step.${string}` | 'gate.decided' }>;

/** The record of a step that nobody has touched. */
export function blankRecord(stepId: string): StepRecord {
  return { stepId, status: 'open', doneBy: null, decision: null, note: null, reason: null, at: null, by: null, earlierText: false, saidAs: null, executionIds: [], probeIds: [], isProbedLast: false, attemptFrom: 0, latest: new Map() };
}

export function recordOf(state: RunState, stepId: string): StepRecord {
  return state.steps.get(stepId) ?? blankRecord(stepId);
}

export function withRecord(state: RunState, record: StepRecord): RunState {
  return { ...state, steps: withEntry(state.steps, record.stepId, record) };
}

export function evolveStep(state: RunState, event: RunEvent, body: StepEvent): RunState {
  const record = recordOf(state, body.stepId);
  const touched = { ...opened(record), at: event.time, by: event.actor };
  // A command that runs has the last word on its step: nothing said meanwhile may hide it.
  if (hasLastWord(state, record)) return state;
  switch (body.type) {
    case 'step.ticked':
      return withRecord(said(state, body.stepId), { ...touched, status: 'done', doneBy: 'tick', note: body.note, saidAs: state.starts + 1 });
    case 'step.forced':
      return withRecord(said(state, body.stepId), { ...touched, status: 'done', doneBy: 'forced', reason: body.reason, saidAs: state.starts + 1 });
    case 'step.skipped':
      return withRecord(forgetDecision(state, body.stepId), { ...touched, status: 'skipped', reason: body.reason });
    case 'step.unticked':
    case 'step.reopened':
      return withRecord(forgetDecision(state, body.stepId), touched);
    case 'gate.decided': {
      const before = state.gates.get(body.sectionId);
      // Two people decided the same gate without seeing each other: No-Go stands until it is reopened.
      if (before?.decision === 'no-go' && before.stepId !== body.stepId) return state;
      const cleared = before === undefined ? state : withRecord(state, opened(recordOf(state, before.stepId)));
      const gates = new Map(forgetDecision(cleared, body.stepId).gates).set(body.sectionId, { stepId: body.stepId, decision: body.decision });
      return withRecord(withGates(cleared, gates), { ...touched, status: 'done', doneBy: 'decision', decision: body.decision, note: body.note ?? null });
    }
  }
}

/** Whether a command of the step runs, in the foreground or in the background. */
export function hasLastWord(state: RunState, { status, executionIds }: StepRecord): boolean {
  return status === 'running' || (status === 'background' && state.running.has(executionIds.at(-1) ?? ''));
}

/** A person says that a step was done: that counts as its start. */
function said(state: RunState, stepId: string): RunState {
  return { ...forgetDecision(state, stepId), starts: state.starts + 1 };
}

/** Back to open; what was run before no longer counts towards done. */
export function opened(record: StepRecord): StepRecord {
  return { ...blankRecord(record.stepId), at: record.at, by: record.by, saidAs: record.saidAs, executionIds: record.executionIds, probeIds: record.probeIds, isProbedLast: record.isProbedLast, attemptFrom: record.executionIds.length };
}

/** The state without what was decided by taking this step. */
export function forgetDecision(state: RunState, stepId: string): RunState {
  const taken = [...state.gates].filter(([, gate]) => gate.stepId !== stepId);
  return taken.length === state.gates.size ? state : withGates(state, new Map(taken));
}

function withGates(state: RunState, gates: RunState['gates']): RunState {
  const stop = [...gates].find(([, gate]) => gate.decision === 'no-go');
  return { ...state, gates, noGo: stop === undefined ? null : { sectionId: stop[0], stepId: stop[1].stepId } };
}
