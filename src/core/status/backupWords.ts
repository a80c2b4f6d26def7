import type { BackupFact } from '../run/events.ts';
import { succeeded } from '../run/outcome.ts';
import type { ExecutionState } from '../run/state.ts';
import { counted } from '../view/words.ts';

/** What an execution had to do with backups, and what it stated to be deployed, in words; empty for nothing. */
export function statusWords(execution: ExecutionState): readonly string[] {
  const { backup, stated, captured } = execution;
  const made = backup?.act === 'makes' && captured !== undefined && succeeded(execution) ? [`made the backup ${captured} of ${backup.of}`] : [];
  return [...made, ...(backup === undefined ? [] : givenWords(backup)), ...(stated === undefined ? [] : statedWords(stated))];
}

/** The backups that a block was given, in words; empty for one that makes them. */
export function givenWords(backup: BackupFact): readonly string[] {
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
