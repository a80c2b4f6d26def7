import type { Anchor } from './integrity.ts';

/** What git says of a record, in a few words for a line of its own. Times are shown as git states them. */
export function anchorWords(anchor: Anchor): string {
  switch (anchor.kind) {
    case 'unknown':
      return 'git could not be asked';
    case 'notCommitted':
      return 'not committed';
    case 'changedSince':
      return `changed since commit ${anchor.commit.slice(0, 12)} of ${anchor.time}`;
    case 'unchangedSince':
      return `unchanged since commit ${anchor.commit.slice(0, 12)} of ${anchor.time}${anchor.signedBy === null ? '' : `, signed by ${anchor.signedBy}`}`;
  }
}
