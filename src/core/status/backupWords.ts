import type { BackupFact } from '../run/events.ts';
import { succeeded } from '../run/outcome.ts';
import type { ExecutionState } from '../run/state.ts';
import { counted } from '../view/words.ts';

/** What an execution had to do with backups, and what it stated to be deployed, in words; empty for nothing. */
export function statusWords(execution: ExecutionState): readonly string[] {
  const { backup, stated, captured } = execution;
  return [...backupWords(backup, succeeded(execution) ? captured : undefined), ...(stated === undefined ? [] : statedWords(stated))];
}

/** Its part about backups. @param made the name that a block which makes one captured; undefined: it did not succeed */
export function backupWords(backup: BackupFact | undefined, made: string | undefined): readonly string[] {
  if (backup === undefined) return [];
  return backup.act === 'makes' ? (made === undefined ? [] : [`made the backup ${made} of ${backup.of}`]) : givenWords(backup);
}

/** The backups that a block was given, in words; empty for one that makes them. */
function givenWords(backup: BackupFact): readonly string[] {
  switch (backup.act) {
    case 'makes':
      return [];
    case 'prunes':
      return [`${counted(backup.names.length, 'backup')} of ${backup.of} to remove${backup.names.length === 0 ? '' : ` (${backup.names.join(', ')})`}, ${String(backup.stay)} to stay`];
    case 'restores':
      return [`restores the backup ${backup.name} of ${backup.of}`];
  }
}

function statedWords({ release, commit, schema }: NonNullable<ExecutionState['stated']>): readonly string[] {
  const words = (what: string, value: string | null | undefined): readonly string[] => (value === undefined ? [] : [`${what} ${value ?? 'not known'}`]);
  return [...words('deployed', release), ...words('commit', commit), ...words('schema', schema)];
}
