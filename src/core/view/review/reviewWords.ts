import type { Anchor } from '../../record/integrity.ts';
import { shownLine, shownText } from '../../report/shownText.ts';
import { personWords } from '../../report/reportWords.ts';
import type { Actor } from '../../run/events.ts';
import type { Approval, Remark, RunState } from '../../run/state.ts';
import { counted, dotted } from '../words.ts';
import type { IntegrityView, ReviewView, ReviewWordView } from './reviewView.ts';

/** `Ada · 14:09`. */
export function byWords(by: Actor, at: string, formatTime: (iso: string) => string): string {
  return dotted([shownLine(by.name), formatTime(at)]);
}

/** Remarks and decisions of one step, or of the run (null). The decisions come first: they are what one looks for. */
export function saidOf(state: RunState, stepId: string | null, formatTime: (iso: string) => string): readonly ReviewWordView[] {
  const view = (kind: ReviewWordView['kind'], { by, at }: Approval | Remark, text: string | null, isOvertaken: boolean): ReviewWordView => ({
    kind, by: byWords(by, at, formatTime), text: shownText(text ?? ''), overtaken: isOvertaken ? 'overtaken later' : null,
  });
  const isHere = (each: Approval | Remark): boolean => each.stepId === stepId;
  return [
    ...state.approvals.filter(isHere).map((approval) => view(approval.decision, approval, approval.note, approval.isOvertaken)),
    ...state.remarks.filter(isHere).map((remark) => view('remark', remark, remark.text, false)),
  ];
}

/** Where the review of the run as a whole stands. One rejection that stands outweighs any approval. */
export function verdictOf({ approvals }: RunState): ReviewView['verdict'] {
  const standing = approvals.filter((approval) => approval.stepId === null && !approval.isOvertaken);
  const names = (decision: Approval['decision']): string => standing.filter((each) => each.decision === decision).map(({ by }) => shownLine(by.name)).join(', ');
  if (names('rejected') !== '') return { tone: 'bad', words: `Rejected by ${names('rejected')}` };
  if (names('approved') !== '') return { tone: 'ok', words: `Approved by ${names('approved')}` };
  return { tone: 'open', words: 'Not decided on yet' };
}

/** Everybody who took part. Names are what git's settings said. */
export function peopleWords(state: RunState): string {
  const drivers = [...state.drivers.values()];
  if (drivers.length === 0) return 'Nobody is named in this record.';
  const names = drivers.slice(0, 5).map((driver) => shownLine(personWords(driver)));
  const more = drivers.length > 5 ? ` and ${counted(drivers.length - 5, 'more', 'more')}` : '';
  return `Run by ${names.join(', ')}${more}, as git’s settings stated. That is a statement and no proof.`;
}

/** What git says of the record, as a sentence. */
export function anchorView(anchor: Anchor, formatTime: (iso: string) => string): IntegrityView['anchor'] {
  switch (anchor.kind) {
    case 'unknown':
      return { tone: 'plain', words: 'Git could not be asked, so nothing outside the record speaks for it.' };
    case 'notCommitted':
      return { tone: 'plain', words: 'Not committed, so nothing outside the record speaks for it.' };
    case 'changedSince':
      return { tone: 'warning', words: `Changed since commit ${anchor.commit.slice(0, 7)} of ${formatTime(anchor.time)}.` };
    case 'unchangedSince': {
      const signed = anchor.signedBy === null ? 'not signed' : `signed by ${shownLine(anchor.signedBy)}`;
      return { tone: 'ok', words: `Unchanged since commit ${anchor.commit.slice(0, 7)} of ${formatTime(anchor.time)}, ${signed}.` };
    }
  }
}
