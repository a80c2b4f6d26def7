import type { BackupFact } from '../run/events.ts';
import type { ExecutionState } from '../run/state.ts';
import type { CommandOptions } from '../runbook/model.ts';
import { backupFactOf, chooseBackup, makerOf } from '../status/chooseBackup.ts';
import type { Pruning } from '../status/ledger.ts';
import { NOTHING_PAST, type PastFacts, withRun } from '../status/pastFacts.ts';
import type { RunFacts } from '../status/runFacts.ts';
import { UserError } from '../userError.ts';
import type { ViewInput } from './input.ts';
import { Memo } from './memo.ts';
import type { BackupView } from './viewModel.ts';
import { counted } from './words.ts';

type Known = Pick<ViewInput, 'runbook' | 'state' | 'past'>;

const ofRuns = new Memo<PastFacts, readonly RunFacts[]>();

/** The facts of all runs, the one that is shown with them. */
export function runsOf({ state, past = NOTHING_PAST }: Pick<Known, 'state' | 'past'>): readonly RunFacts[] {
  return ofRuns.get(past, [state], () => withRun(past, state));
}

/** Backups that a block was given, or would be given now; null when it has nothing to do with any, makes one, or no run goes on. */
export function backupView(input: Known, options: Pick<CommandOptions, 'backup' | 'capture'>, execution: ExecutionState | null): BackupView | null {
  const { state } = input;
  if (execution?.backup !== undefined) return givenView(execution.backup, input);
  if (options.backup === undefined || options.backup.act === 'makes' || state === null || state.ended !== null) return null;
  try {
    const choice = chooseBackup({ runbook: input.runbook, state, runs: runsOf(input) }, options);
    if (choice === null) return null;
    const view = givenView(backupFactOf(choice), input);
    return choice.act !== 'prunes' || view === null ? view : { ...view, lists: pruningLists(choice.pruning) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { words: error.message, tone: 'danger' };
  }
}

/** Backups that somebody confirmed, in words; null for what makes one. */
export function givenView(fact: BackupFact, input: Pick<Known, 'state' | 'past'>): BackupView | null {
  switch (fact.act) {
    case 'makes':
      return null;
    case 'prunes':
      return { words: fact.names.length === 0 ? `No backup of ${fact.of} is too many, ${String(fact.stay)} stay` : `${counted(fact.names.length, 'backup')} of ${fact.of} to remove, ${String(fact.stay)} to stay`, tone: 'plain' };
    case 'restores': {
      const by = makerOf(runsOf(input), input.state, fact.run);
      return { words: `Restores the backup ${fact.name} of ${fact.of}`, restores: { name: fact.name, madeAt: fact.madeAt, by }, tone: by === 'other' ? 'warning' : 'plain' };
    }
  }
}

/** What goes and what stays, before anything is asked. */
function pruningLists({ goes, stays }: Pruning): NonNullable<BackupView['lists']> {
  const lists = [
    { heading: 'Goes', items: goes.map(({ name }) => ({ name, note: null })) },
    { heading: 'Stays', items: stays.map(({ backup, because }) => ({ name: backup.name, note: because === 'openRun' ? 'its run has not ended' : null })) },
  ];
  return lists.filter(({ items }) => items.length > 0);
}

/** The backup that rolling back to a level would restore; null when it restores none or no run goes on. */
export function levelBackup(input: Known, commands: readonly { readonly options: CommandOptions }[]): BackupView | null {
  const restoring = commands.find(({ options }) => options.backup?.act === 'restores');
  const view = restoring === undefined ? null : backupView(input, restoring.options, null);
  return view?.tone === 'danger' ? { ...view, words: 'no backup to restore' } : view;
}
