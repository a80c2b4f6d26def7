import type { BackupFact } from '../run/events.ts';
import type { RunState } from '../run/state.ts';
import { keptIn } from '../runbook/backups/model.ts';
import type { CommandOptions, Runbook } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import { backupToRestore, isOfPackage, ledgerOf, pruningOf, type Pruning, type RecordedBackup } from './ledger.ts';
import { oddWords } from './pastFacts.ts';
import type { RunFacts } from './runFacts.ts';
import { environmentNameOf } from '../run/setup/environmentNameOf.ts';

/** The backups that a block would be given now, and what a person has to know of them. */
export type BackupChoice =
  | { readonly act: 'makes'; readonly of: string }
  | { readonly act: 'prunes'; readonly of: string; readonly pruning: Pruning; readonly keep: number | null }
  | { readonly act: 'restores'; readonly of: string; readonly backup: RecordedBackup; readonly by: Maker };

/** Who made a backup, seen from a run. */
export type Maker = 'run' | 'package' | 'other';

/** What is known when a block is about to run. */
export interface ChoiceContext {
  readonly runbook: Runbook;
  readonly state: RunState | null;
  /** Of all runs, this one with them. */
  readonly runs: readonly RunFacts[];
  /** How many records are not whole. */
  readonly odd: number;
}

/**
 * The backups for a block; null when it has nothing to do with any, or what it
 * makes cannot be known. Throws a UserError when it cannot run: it names a
 * backup that is not declared, or none is there to be restored.
 */
export function chooseBackup({ runbook, state, runs, odd }: ChoiceContext, { backup, capture }: Pick<CommandOptions, 'backup' | 'capture'>): BackupChoice | null {
  if (backup === undefined) return null;
  const { act, of } = backup;
  const declared = runbook.frontMatter.backups?.find(({ name }) => name === of);
  if (act === 'makes') return declared === undefined || capture === undefined ? null : { act, of };
  if (declared === undefined) throw errors.backupUndeclared(of);
  if (state === null) throw errors.backupNeedsRun(of);
  const environment = environmentNameOf(state);
  const ledger = ledgerOf(runs, environment);
  if (act === 'prunes') {
    const keep = keptIn(declared.keep, environment);
    return { act, of, keep, pruning: pruningOf(ledger, of, keep) };
  }
  const found = backupToRestore(ledger, of, runs, state.runId ?? '');
  if (found === null) throw errors.noBackup(of, environment, oddWords(odd));
  return { act, of, backup: found, by: makerOf(runs, state, found.run.runId) };
}

/** Whether a run (by its id) is the one that is meant, one of its package, or any other. */
export function makerOf(runs: readonly RunFacts[], state: RunState | null, maker: string): Maker {
  if (state?.runId == null) return 'other';
  if (maker === state.runId) return 'run';
  return isOfPackage(runs, maker, state.runId) ? 'package' : 'other';
}

/** The same as the record keeps it. */
export function backupFactOf(choice: BackupChoice): BackupFact {
  switch (choice.act) {
    case 'makes':
      return choice;
    case 'prunes':
      return { act: choice.act, of: choice.of, names: choice.pruning.goes.map(({ name }) => name), stay: choice.pruning.stays.length };
    case 'restores':
      return { act: choice.act, of: choice.of, name: choice.backup.name, madeAt: choice.backup.at, run: choice.backup.run.runId };
  }
}

/** Whether two starts would be given the same backups. */
export function sameBackups(a: BackupFact, b: BackupFact): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
