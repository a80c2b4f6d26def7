/** What was found when a record was looked over. Numbers of lines and events count from 1. */
export type Finding =
  /** The line was left out; `reason` completes "it …". */
  | { readonly kind: 'damaged'; readonly file: string; readonly line: number; readonly reason: string }
  /** The last line has no end: it was never confirmed. */
  | { readonly kind: 'torn'; readonly file: string; readonly line: number }
  /** The line does not carry the hash of the one before it. */
  | { readonly kind: 'unlinked'; readonly file: string; readonly line: number }
  /** Events of a writer are missing, the first and the last of them. */
  | { readonly kind: 'missing'; readonly file: string; readonly from: number; readonly to: number }
  | { readonly kind: 'repeated'; readonly file: string; readonly line: number; readonly seq: number }
  /** Other writers saw events of this one up to `upTo`, and its file ends before or is not there. */
  | { readonly kind: 'unseen'; readonly writer: string; readonly upTo: number; readonly found: number }
  | { readonly kind: 'tooLarge'; readonly file: string; readonly limitBytes: number }
  | { readonly kind: 'unreadable'; readonly file: string; readonly reason: string }
  /** Written by a newer version: read only, what is unknown is kept. */
  | { readonly kind: 'newer'; readonly file: string; readonly line: number; readonly version: number }
  /** No `run.started`. */
  | { readonly kind: 'noStart' }
  /** The runbook's text is missing, or is not the one that the record names: the one at the start, or with `sha256` one that the run took later. */
  | { readonly kind: 'text'; readonly problem: 'missing' | 'changed'; readonly sha256?: string }
  /** An execution's output is missing, or is not the one that the record names. */
  | { readonly kind: 'output'; readonly executionId: string; readonly problem: 'missing' | 'changed' };

/**
 * What outside the record speaks for it. The hashes in a record show damage and
 * naive edits; whoever can write the files can rebuild them, so only a commit
 * (best a signed one) says since when it has not changed. Never "tamper-proof".
 */
export type Anchor =
  /** Git could not be asked, or there is none. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'notCommitted' }
  /** The files differ from those of `commit`, the last one that changed them. */
  | { readonly kind: 'changedSince'; readonly commit: string; readonly time: string }
  /** `signedBy`: as git states it; null when not signed or the signature is not good. */
  | { readonly kind: 'unchangedSince'; readonly commit: string; readonly time: string; readonly signedBy: string | null };

/** The state of a record. It is whole when there are no findings. */
export interface Integrity {
  readonly findings: readonly Finding[];
  readonly anchor: Anchor;
}
