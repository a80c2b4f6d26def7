import { RECORD_VERSION, type RunEvent } from '../../core/run/events.ts';
import { inOrder } from '../../core/run/history.ts';
import type { RunState } from '../../core/run/state.ts';
import type { Runbook } from '../../core/runbook/model.ts';
import { recordedRunbook } from '../../core/view/review/recordedRunbook.ts';
import type { ReviewPorts, ReviewSnapshot } from './reviewApi.ts';

/** What a review knows once it has read the record. */
export type RecordedRun = Pick<ReviewSnapshot, 'runbook' | 'state' | 'events' | 'text' | 'lockedBecause'>;

/** Texts that were read before: the same text is parsed once. */
export type Parsed = { readonly text: string; readonly runbook: Runbook } | null;

/**
 * Puts a record and its text together. A text that is not the one that the
 * run went by last is not shown: its titles would stand for what nobody did.
 */
export function recordedRun(events: readonly RunEvent[], state: RunState, text: string | null, parsed: Parsed, { ids, parse }: Pick<ReviewPorts, 'ids' | 'parse'>): { readonly run: RecordedRun; readonly parsed: Parsed } {
  const sha256 = state.rebases.at(-1)?.textSha256 ?? state.textSha256;
  const isKept = text !== null && sha256 !== null && ids.sha256(text) === sha256;
  const known = !isKept ? null : parsed?.text === text ? parsed : { text, runbook: parse(text) };
  return {
    run: {
      runbook: recordedRunbook(known?.runbook ?? null, state),
      state,
      events: inOrder(events),
      text: isKept ? 'kept' : text === null || sha256 === null ? 'missing' : 'changed',
      lockedBecause: lockedBecause(events),
    },
    parsed: known,
  };
}

function lockedBecause(events: readonly RunEvent[]): string | null {
  if (events.some(({ v }) => v > RECORD_VERSION)) return 'A newer version wrote parts of this record, so nothing can be added to it here. Update the extension.';
  return events.length === 0 ? 'Nothing of this record can be read, so nothing can be added to it.' : null;
}
