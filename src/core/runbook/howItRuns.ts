import type { BackupUse, StatedNames } from './backups/model.ts';
import type { CommandOptions } from './model.ts';

/** What decides how a block runs beside its text, in words for its header; empty when nothing is said. */
export function howItRuns({ interpreter, env, capture, file, backup, states }: Pick<CommandOptions, 'interpreter' | 'env' | 'capture' | 'file' | 'backup' | 'states'>): readonly string[] {
  return [...(file === undefined ? [] : [`writes ${file}`]), ...(interpreter === undefined ? [] : [`run by ${interpreter.map(quotedWord).join(' ')}`]), ...(env ?? []).map(({ name, value }) => `${name}=${value}`), ...(capture === undefined ? [] : [`captures ${capture}`]), ...(backup === undefined ? [] : [ACTS[backup.act](backup.of)]), ...statedWords(states)];
}

const ACTS: Readonly<Record<BackupUse['act'], (of: string) => string>> = {
  makes: (of) => `makes a backup of ${of}`,
  prunes: (of) => `removes backups of ${of} that are too many`,
  restores: (of) => `restores a backup of ${of}`,
};

function statedWords({ release, commit, schema }: StatedNames = {}): readonly string[] {
  return [release === undefined ? null : `deploys ${release}`, commit === undefined ? null : `commit ${commit}`, schema === undefined ? null : `schema ${schema}`].filter((words) => words !== null);
}

/** A word with blanks in it, so that its ends are seen. */
function quotedWord(word: string): string {
  return word === '' || /\s/.test(word) ? `“${word}”` : word;
}
