import type { Diagnostic } from '../../core/runbook/model.ts';
import * as errors from '../../core/userErrors.ts';
import type { HostNotice } from '../../core/view/input.ts';
import type { RecordPlace } from './recordPlace.ts';

/** What the host alone knows of a document. */
export interface DocumentSituation {
  readonly place: RecordPlace;
  readonly scheme: string;
  /** Its file was deleted or renamed while it was open. */
  readonly isGone: boolean;
  readonly isRunning: boolean;
  /** What keeps the text that is being written from being read; null: nothing does. */
  readonly stale: Diagnostic | null;
  /** Where the setting would have new runs recorded. */
  readonly chosen: RecordPlace['kind'];
}

/** Notices about where a document stands and where its record goes. */
export function hostNotices({ place, scheme, isGone, isRunning, stale, chosen }: DocumentSituation): readonly HostNotice[] {
  const notices: HostNotice[] = [];
  if (stale !== null) {
    notices.push({ id: 'stale', severity: 'error', text: `${errors.frontMatterBroken(stale.line).message} What is wrong with it: ${stale.message.replace(/^[^:]*: /, '')}.` });
  }
  if (isGone) {
    const text = isRunning
      ? 'The runbook’s file is gone. The run goes on with the text it was started with, and its record is kept.'
      : 'The runbook’s file is gone.';
    notices.push({ id: 'gone', severity: 'warning', text });
  }
  if (scheme === 'untitled') {
    notices.push({ id: 'untitled', severity: 'info', text: 'This runbook has not been saved yet. Save it to start a run.' });
  } else if (scheme !== 'file') {
    notices.push({ id: 'virtual', severity: 'info', text: 'This runbook is not a file on a disk here. It can be read, not run.' });
  } else if (place.kind !== chosen) {
    const where = place.kind === 'private' ? 'in the private storage of this machine' : 'in the workspace';
    notices.push({ id: 'place-changed', severity: 'warning', text: `The runs of this panel are recorded ${where}. The setting says otherwise by now: close and open the runbook for it to count.` });
  } else if (place.kind === 'private') {
    notices.push({ id: 'private', severity: 'info', text: `Runs are recorded in ${place.runs} on this machine. They are kept out of git, as the setting guidedRunbooks.record.location says.` });
  } else if (place.kind === 'outside') {
    notices.push({
      id: 'outside',
      severity: 'info',
      text: `This runbook is outside the workspace’s folders. Its runs are recorded in ${place.runs}, not beside it, so they are not part of a commit.`,
    });
  }
  return notices;
}
