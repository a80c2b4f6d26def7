import type { Runbook } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import type { CommandOf } from './commands.ts';
import type { RunEventBody } from './events.ts';
import { subjectKey } from './evolveTime.ts';
import { overrunsNow } from './overruns.ts';
import { runningSoaks } from './soak.ts';
import type { RunState } from './state.ts';

/** Ends a soak that goes on, for a reason. */
export function decideEndSoak(runbook: Runbook, state: RunState, { subject, reason }: CommandOf<'endSoak'>, now: number): readonly RunEventBody[] {
  const soak = runningSoaks(runbook, state, now).find((each) => subjectKey(each.subject) === subjectKey(subject));
  if (soak === undefined) throw errors.noSoak();
  const because = reason.trim();
  if (because === '') throw errors.reasonMissing();
  return [{ type: 'soak.endedEarly', subject: soak.subject, since: soak.since, until: soak.until, reason: because }];
}

/** Records what takes longer than its budget, once for each. */
export function decideNoteOverruns(runbook: Runbook, state: RunState, now: number): readonly RunEventBody[] {
  return overrunsNow(runbook, state, now).map(({ subject, since, budgetSeconds }) => ({ type: 'budget.overrun', subject, since, budgetSeconds }));
}
