import type { Question } from '../run/question.ts';
import type { Command, Step } from '../runbook/model.ts';
import { counted, limitWords } from '../view/words.ts';
import type { BackupChoice } from './chooseBackup.ts';
import { type RecordedBackup, type Staying } from './ledger.ts';
import { isYetToCome, timeOf } from './runFacts.ts';
import { shortRunId } from '../run/shortRunId.ts';

type Chosen = Exclude<BackupChoice, { readonly act: 'makes' }>;

/** Shows which backups a step is about to remove or restore. What is confirmed is those and no others. @param now milliseconds since 1970 */
export function askBeforeBackups(step: Step, command: Command, choice: Chosen, odd: number, now: number): Question {
  const unread = odd === 0 ? '' : ` ${counted(odd, 'record')} could not be read whole, so there may be more backups than these.`;
  const common = { severity: 'warning' as const, commands: [command], inputs: [], implied: [], confirmStyle: 'danger' as const };
  if (choice.act === 'restores') {
    return {
      ...common,
      title: `Restore a backup of ${choice.of}: “${step.title}”?`,
      text: `${restoredWords(choice, now)}${unread}`,
      confirmLabel: 'Restore it',
    };
  }
  const { goes, stays } = choice.pruning;
  return {
    ...common,
    title: `Remove ${counted(goes.length, 'backup')} of ${choice.of}: “${step.title}”?`,
    text: `${keepWords(choice)} The record keeps which ones went.${unread}`,
    lists: [
      { heading: 'Goes', items: goes.map((backup) => backupWords(backup, now)) },
      { heading: 'Stays', items: stays.map((staying) => stayWords(staying, now)) },
    ],
    confirmLabel: `Remove ${counted(goes.length, 'backup')}`,
  };
}

/** `The backup b-12, made 4 min ago by this run.` */
export function restoredWords({ backup, by }: Extract<BackupChoice, { act: 'restores' }>, now: number): string {
  const maker = `${backup.run.title}, run ${shortRunId(backup.run.runId)}`;
  const words = { run: 'by this run', package: `by another run of its package (${maker})`, other: `by another run (${maker}), not by this one: what was written since then is not in it` };
  return `It is the backup ${backup.name}, made ${agoWords(backup.at, now)} ${words[by]}.${backup.isAhead && by !== 'run' ? ' A clock was wrong, so it is not known to be the newest.' : ''}`;
}

/** How many are kept, as a sentence. */
export function keepWords({ keep }: Extract<BackupChoice, { act: 'prunes' }>): string {
  return keep === null ? 'The runbook keeps all of them here.' : `The runbook keeps ${String(keep)} here.`;
}

export function backupWords({ name, at, run }: RecordedBackup, now: number): string {
  return `${name} · made ${agoWords(at, now)} by run ${shortRunId(run.runId)}`;
}

export function stayWords({ backup, because }: Staying, now: number): string {
  const why = { kept: '', openRun: ', which has not ended', safetyCopy: ', in a rollback: it is not counted', ahead: ', whose clock was wrong: it is not counted' };
  return `${backupWords(backup, now)}${why[because]}`;
}

/** `3 h ago`; a clock that was a little ahead counts as now. */
export function agoWords(at: string, now: number): string {
  if (isYetToCome(at, now)) return 'at a time that is yet to come';
  const seconds = Math.max(0, (now - timeOf(at)) / 1000);
  if (seconds < 60) return 'less than a minute ago';
  const unit = seconds < 2 * 3600 ? 60 : seconds < 48 * 3600 ? 3600 : 86_400;
  return `${limitWords(Math.floor(seconds / unit) * unit)} ago`;
}
