import { BACKUP_VARIABLE, PRUNE_VARIABLE } from '../runbook/backups/model.ts';
import { UNSEEN } from '../runbook/hiddenCharacters.ts';
import type { BackupFact } from '../run/events.ts';

/** Longest name of a backup, in characters. */
const LONGEST_NAME = 500;

/** The environment variables that tell a block which backups it was given. */
export function backupVariables(backup: BackupFact | undefined): Readonly<Record<string, string>> {
  if (backup === undefined || backup.act === 'makes') return {};
  return backup.act === 'restores' ? { [BACKUP_VARIABLE]: backup.name } : { [PRUNE_VARIABLE]: backup.names.join('\n') };
}

/** Why a captured value cannot be the name of a backup, as a sentence; null when it can. Names are handed on one a line. */
export function problemWithBackupName(name: string): string | null {
  if (name === '') return 'It printed nothing, so the backup has no name. Print its name, and nothing else, on standard output.';
  if (name.length > LONGEST_NAME || UNSEEN.test(name)) return `What it printed is not one line of up to ${String(LONGEST_NAME)} characters, so it cannot be the name of a backup. Print its name, and nothing else, on standard output.`;
  return null;
}
