import type { CommandOf } from '../commands.ts';
import type { DriftSubject, RunEventBody } from '../events.ts';
import type { RunState } from '../state.ts';
import * as errors from '../../userErrors.ts';
import type { Change, Drift } from './compare.ts';

/** The change of a step or level, or null when it is the same. */
export function changeAt(drift: Drift, subject: DriftSubject): Change<{ readonly title: string }> | null {
  return (subject.kind === 'step' ? drift.steps.get(subject.stepId) : drift.levels.get(subject.level)) ?? null;
}

/** The change that somebody has to have read before it goes on there; null when there is none, or when it was acknowledged as it is now. */
export function unacknowledged(state: RunState | null, drift: Drift, subject: DriftSubject): (Change<{ readonly title: string }> & { readonly sha256: string }) | null {
  const change = changeAt(drift, subject);
  if (change === null || change.sha256 === null || state?.acknowledgedDrift.has(driftKey(subject, change.sha256)) === true) return null;
  return { ...change, sha256: change.sha256 };
}

/** Throws a UserError while a change has not been acknowledged. */
export function assertAcknowledged(state: RunState | null, drift: Drift, subject: DriftSubject): void {
  const change = unacknowledged(state, drift, subject);
  if (change !== null) throw errors.driftNotAcknowledged(change.now.title);
}

/** Records that a person has read a change: once for each content. Refused when it is another than the one that was shown. */
export function decideAcknowledgeDrift(state: RunState, drift: Drift, { subject, sha256 }: CommandOf<'acknowledgeDrift'>): readonly RunEventBody[] {
  const change = changeAt(drift, subject);
  if (change?.sha256 !== sha256) throw errors.editChanged();
  return state.acknowledgedDrift.has(driftKey(subject, sha256)) ? [] : [{ type: 'drift.acknowledged', subject, sha256 }];
}

/** How an acknowledgement is kept in a run's state. */
export function driftKey(subject: DriftSubject, sha256: string): string {
  return subject.kind === 'step' ? `${sha256} step ${subject.stepId}` : `${sha256} level ${String(subject.level)}`;
}
