import { valueOrName } from './about.ts';
import type { Attributes } from './attributes.ts';
import type { Reservation, Severity } from './model.ts';

type Report = (severity: Severity, code: string, message: string, subject: string) => void;

/** More people than any team asks for; a typing error rather than a rule. */
const MOST_APPROVERS = 20;

/**
 * Reads `by=@role` and `approvers=2`: other people who have to agree before a
 * step counts. `by` alone asks for one of them.
 * @returns null when the annotation reserves nothing
 */
export function readReservation(attributes: Attributes, report: Report): Reservation | null {
  const by = attributes.values.get('by');
  const stated = attributes.values.get('approvers');
  if (by === true) report('error', 'bad-value', '"by" has to say who, for example by=@qa.', 'by');
  const approvers = typeof stated === 'string' && /^[1-9]\d?$/.test(stated) && Number(stated) <= MOST_APPROVERS ? Number(stated) : null;
  if (stated !== undefined && approvers === null) report('error', 'bad-value', `"approvers" has to be a number of people from 1 to ${String(MOST_APPROVERS)}; 1 is taken.`, valueOrName('approvers', stated));
  const who = typeof by === 'string' ? by : null;
  // A reservation that is written wrongly still holds the step back: the author wanted somebody else to look.
  return by === undefined && stated === undefined ? null : { by: who, approvers: approvers ?? 1 };
}
