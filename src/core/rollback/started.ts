import { withDescendants } from '../run/derived.ts';
import { mayHaveRun } from '../run/outcome.ts';
import type { RunState, StepRecord } from '../run/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';

/**
 * When a step last started, as a number that grows with the run; null when it
 * has not: a command of it may have run (done, failed or unknown), or a person
 * says that it was done. What was skipped or only decided has not started.
 */
export function startOf(runbook: Runbook, state: RunState, step: Step): number | null {
  // A check changes nothing, so it leaves nothing to take back.
  const starts = withDescendants(runbook, step).filter(({ check }) => !check).map(({ id }) => ownStart(state, state.steps.get(id))).filter((start) => start !== null);
  return starts.length === 0 ? null : Math.max(...starts);
}

function ownStart(state: RunState, record: StepRecord | undefined): number | null {
  if (record === undefined) return null;
  const executions = record.executionIds.flatMap((id) => state.executions.get(id) ?? []);
  const ran = executions.filter(mayHaveRun);
  const said = record.status === 'done' && record.doneBy !== 'decision' ? record.saidAs : null;
  const starts = [...ran.map(({ startedAs }) => startedAs), ...(said === null ? [] : [said])];
  // There was nothing to do, so there is nothing to take back.
  if (starts.length === 0 && executions.length > 0) return null;
  // Done without a trace of when: the record was made so, and it counts all the same.
  if (starts.length === 0) return record.status === 'done' && record.doneBy !== 'decision' ? 0 : null;
  return Math.max(...starts);
}

/** Steps of the way forward that have started, the latest first. */
export function startedSteps(runbook: Runbook, state: RunState | null): readonly { readonly step: Step; readonly start: number }[] {
  if (state === null) return [];
  return runbook.steps
    .flatMap((step, place) => {
      const start = step.aside ? null : startOf(runbook, state, step);
      return start === null ? [] : [{ step, start, place }];
    })
    .sort((a, b) => b.start - a.start || b.place - a.place)
    .map(({ step, start }) => ({ step, start }));
}
