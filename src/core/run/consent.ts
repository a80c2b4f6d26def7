import type { Step } from '../runbook/model.ts';
import type { Actor } from './events.ts';
import { tookPart } from './evolveReview.ts';
import { maybeSamePerson } from './person.ts';
import type { Approval, RunState } from './state.ts';

/** How far the people for whom a step is reserved have agreed to it. */
export interface Consent {
  /** As the runbook names them, or null. */
  readonly by: string | null;
  /** How many different people have to agree. */
  readonly needed: number;
  /** Who has, once each. */
  readonly given: readonly Actor[];
  /** A rejection that stands: nothing goes on while it does. */
  readonly rejected: Approval | null;
}

/**
 * The consent to a step that the runbook reserves for other people (`by`,
 * `approvers`); null when it reserves it for nobody.
 *
 * Two-person rule: the consent of somebody who takes part in the run counts
 * for nothing, whenever they began to. People are told apart by the identity
 * that git's settings state, which is a statement and no proof.
 */
export function consentOf(state: RunState | null, step: Step): Consent | null {
  if (step.reservation === null) return null;
  const { by, approvers } = step.reservation;
  const said = (state?.approvals ?? []).filter(({ stepId, isConsent, isOvertaken }) => stepId === step.id && isConsent && !isOvertaken);
  const given: Actor[] = [];
  for (const approval of said) {
    if (approval.decision !== 'approved' || state === null || tookPart(state, approval.by)) continue;
    if (!given.some((person) => maybeSamePerson(person, approval.by))) given.push(approval.by);
  }
  return { by, needed: approvers, given, rejected: said.find(({ decision }) => decision === 'rejected') ?? null };
}

/** Whether nothing is lacking. */
export function isGiven({ needed, given, rejected }: Consent): boolean {
  return rejected === null && given.length >= needed;
}

/** What is lacking, e.g. `waits for 1 more approval by @qa`. */
export function lackWords({ by, needed, given, rejected }: Consent): string {
  if (rejected !== null) return `was rejected by ${rejected.by.name}`;
  const missing = Math.max(0, needed - given.length);
  return `waits for ${String(missing)}${given.length > 0 ? ' more' : ''} ${missing === 1 ? 'approval' : 'approvals'}${by === null ? '' : ` by ${by}`}`;
}
