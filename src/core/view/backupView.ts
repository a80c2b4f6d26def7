import type { BackupFact } from '../run/events.ts';
import type { ExecutionState } from '../run/state.ts';
import type { CommandOptions } from '../runbook/model.ts';
import { backupFactOf, chooseBackup, makerOf } from '../status/chooseBackup.ts';
import { ledgerOf, type Pruning } from '../status/ledger.ts';
import { NOTHING_PAST, oddWords, type PastFacts, withRun } from '../status/pastFacts.ts';
import type { RunFacts } from '../status/runFacts.ts';
import { UserError } from '../userError.ts';
import type { ViewInput } from './input.ts';
import { Memo } from './memo.ts';
import type { BackupView } from './viewModel.ts';
import { counted } from './words.ts';
import { environmentNameOf } from '../run/setup/environmentNameOf.ts';

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
  // Nothing has been read yet: that there is none is not known.
  if (input.past === undefined) return LOOKING;
  try {
    const choice = chooseBackup({ runbook: input.runbook, state, runs: runsOf(input), odd: input.past.odd.length }, options);
    if (choice === null) return null;
    const view = givenView(backupFactOf(choice), input);
    return view === null ? null : withOdd(choice.act === 'prunes' ? { ...view, lists: pruningLists(choice.pruning) } : view, input);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { words: error.message, tone: 'danger' };
  }
}

const LOOKING: BackupView = { words: 'Looking for backups in the records…', tone: 'plain' };

/** With the records that are not whole: there may be more backups than are known. */
function withOdd(view: BackupView, { past }: Pick<Known, 'past'>): BackupView {
  const odd = oddWords(past?.odd.length ?? 0);
  return odd === '' ? view : { ...view, words: `${view.words} (${odd})`, tone: view.tone === 'plain' ? 'warning' : view.tone };
}

/** Backups that a command of a plan would be given, before it is confirmed: by name, what stays with them. */
export function plannedView(fact: BackupFact, input: Pick<Known, 'state' | 'past'>): BackupView | null {
  const view = givenView(fact, input);
  if (view === null || fact.act !== 'prunes') return view === null ? null : withOdd(view, input);
  const stays = ledgerOf(runsOf(input), environmentNameOf(input.state)).filter(({ of, name, state }) => of === fact.of && state === 'kept' && !fact.names.includes(name));
  return withOdd({ ...view, lists: listsOf(fact.names.map((name) => ({ name, note: null })), stays.map(({ name }) => ({ name, note: null }))) }, input);
}

/** Backups that somebody confirmed, in words; null for what makes one. */
export function givenView(fact: BackupFact, input: Pick<Known, 'state' | 'past'>): BackupView | null {
  switch (fact.act) {
    case 'makes':
      return null;
    case 'prunes':
      return { words: fact.names.length === 0 ? `No backup of ${fact.of} is too many, ${String(fact.stay)} stay` : `${counted(fact.names.length, 'backup')} of ${fact.of} to remove, ${String(fact.stay)} to stay`, tone: 'plain' };
    case 'restores': {
      const runs = runsOf(input);
      const by = makerOf(runs, input.state, fact.run);
      const isAhead = by !== 'run' && runs.some(({ runId, isAhead: is }) => is && runId === fact.run);
      return { words: `Restores the backup ${fact.name} of ${fact.of}${isAhead ? ' (the clock of its run was wrong: it is not known to be the newest)' : ''}`, restores: { name: fact.name, madeAt: fact.madeAt, by }, tone: by === 'other' || isAhead ? 'warning' : 'plain' };
    }
  }
}

const STAYS = { kept: null, openRun: 'its run has not ended', safetyCopy: 'a rollback made it, it is not counted', ahead: 'the clock of its run was wrong, it is not counted' } as const;

/** What goes and what stays, before anything is asked. */
function pruningLists({ goes, stays }: Pruning): NonNullable<BackupView['lists']> {
  return listsOf(goes.map(({ name }) => ({ name, note: null })), stays.map(({ backup, because }) => ({ name: backup.name, note: STAYS[because] })));
}

function listsOf(goes: Items, stays: Items): NonNullable<BackupView['lists']> {
  return [{ heading: 'Goes', items: goes }, { heading: 'Stays', items: stays }].filter(({ items }) => items.length > 0);
}

type Items = NonNullable<BackupView['lists']>[number]['items'];

/** The backup that rolling back to a level would restore; null when it restores none or no run goes on. */
export function levelBackup(input: Known, commands: readonly { readonly options: CommandOptions }[]): BackupView | null {
  const restoring = commands.find(({ options }) => options.backup?.act === 'restores');
  const view = restoring === undefined ? null : backupView(input, restoring.options, null);
  return view?.tone === 'danger' ? withOdd({ ...view, words: 'no backup to restore' }, input) : view;
}
