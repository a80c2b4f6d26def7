import { driftKey } from './drift/acknowledge.ts';
import { withEntries, withItem, withValue } from './entries.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import { forgetDecision, hasLastWord, opened, withRecord } from './evolveStep.ts';
import type { ExecutionState, RunState } from './state.ts';

/** What is said of a runbook that was edited during its run. */
export type DriftEvent = Extract<RunEventBody, { type: 'drift.acknowledged' | 'run.rebased' }>;

export function evolveDrift(state: RunState, event: RunEvent, body: DriftEvent): RunState {
  if (body.type === 'drift.acknowledged') return { ...state, acknowledgedDrift: withValue(state.acknowledgedDrift, driftKey(body.subject, body.sha256)) };
  const { fromSha256, textSha256 } = body;
  let after: RunState = { ...state, rebases: withItem(state.executions, state.rebases, { fromSha256, textSha256, at: event.time, by: event.actor }) };
  for (const { from, to } of body.renamed) after = renamed(after, from, to);
  for (const stepId of body.reopened) {
    const record = after.steps.get(stepId);
    // A command that runs, and one whose end nobody knows, have the last word on their step.
    if (record === undefined || hasLastWord(after, record) || record.status === 'unknown') continue;
    after = withRecord(forgetDecision(after, stepId), { ...opened(record), at: event.time, by: event.actor });
  }
  for (const stepId of body.kept) {
    const record = after.steps.get(stepId);
    if (record !== undefined) after = withRecord(after, { ...record, earlierText: true });
  }
  return after;
}

/** Carries a record, and the executions it stands on, to another id; a record that is there already stays. */
function renamed(state: RunState, from: string, to: string): RunState {
  const record = state.steps.get(from);
  if (record === undefined || state.steps.has(to) || record.decision !== null) return state;
  const steps = withEntries(state.steps, [...[...state.steps].filter(([id]) => id !== from), [to, { ...record, stepId: to }]]);
  const executions = withEntries(
    state.executions,
    [...state.executions].map(([id, execution]): [string, ExecutionState] => {
      const { owner } = execution;
      return [id, owner.kind === 'step' && owner.stepId === from ? { ...execution, owner: { kind: 'step' as const, stepId: to } } : execution];
    }),
  );
  return { ...state, steps, executions };
}
