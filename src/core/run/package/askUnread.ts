import type { Question } from '../question.ts';
import type { UnreadRun } from './packageRecords.ts';

/** Says before a start that runs of the package could not be looked at: that is not the same as none. */
export function askUnread(title: string, unread: readonly UnreadRun[]): Question {
  return {
    title: `Start a run of “${title}”`,
    text: 'Not all runs of its package could be looked at. Whether this run belongs to one of them is not known, and no values are taken from the package.',
    severity: 'warning',
    commands: [],
    lists: [{ heading: 'Could not be looked at', items: unread.map(({ words }) => words) }],
    inputs: [],
    implied: [],
    confirmLabel: 'Next',
    confirmStyle: 'primary',
  };
}
