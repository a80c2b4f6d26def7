import { UNDO_LEVEL } from '../rollback/levelName.ts';
import type { RunSummary } from './runSummary.ts';
import { shortRunId } from '../run/shortRunId.ts';

/** `completed`, `rolled back at level 1`, `not finished` … */
export function stateWords({ state, level }: Pick<RunSummary, 'state' | 'level'>): string {
  switch (state) {
    case 'open':
      return 'not finished';
    case 'rolled-back':
      return level === null ? 'rolled back' : level === UNDO_LEVEL ? 'rolled back by undoing what started' : `rolled back at level ${String(level)}`;
    case 'stopped':
      return 'stopped at a gate';
    case 'unreadable':
      return 'cannot be read';
    default:
      return state;
  }
}

/** Longest title in a commit's message, in characters. */
const TITLE = 80;

/** A message for the commit of a run's record, one line: what was run, how it ended and from where. */
export function commitMessage(summary: RunSummary): string {
  const { runId, title, git } = summary;
  const line = plain(title);
  const name = line === '' ? 'unknown runbook' : line.length > TITLE ? `${line.slice(0, TITLE - 1).trimEnd()}…` : line;
  const place = git?.commit == null ? '' : ` on ${plain(git.branch ?? 'a detached HEAD')} @ ${plain(git.commit).slice(0, 7)}`;
  return `Record of run ${shortRunId(runId)}: ${name} ${stateWords(summary)}${place}`;
}

/** On one line, without characters that a terminal would obey or that are not seen: a record may come from anybody. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
