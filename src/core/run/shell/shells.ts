import type { Command } from '../../runbook/model.ts';
import * as errors from '../../userErrors.ts';

/** Interpreters that a block can be run with. */
export const SHELLS = ['bash', 'sh', 'zsh', 'fish', 'pwsh', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

/** What stands for the shell in a record when a program of the document's choice got the block. */
export const PROGRAM = 'program';

const BY_LANGUAGE: Readonly<Record<string, Shell>> = {
  bash: 'bash',
  sh: 'sh',
  zsh: 'zsh',
  fish: 'fish',
  pwsh: 'pwsh',
  powershell: 'pwsh',
  ps1: 'pwsh',
  cmd: 'cmd',
  bat: 'cmd',
  azurecli: 'bash',
  'azurecli-interactive': 'bash',
};

/**
 * The interpreter of a block: its own `shell` option, else what its language
 * says; `shell`, `console` and `shell-session` leave it to the front matter,
 * else bash.
 *
 * Throws a UserError when the document names a shell that is not one of SHELLS:
 * a program is never taken from the document.
 */
export function shellOf(command: Command, documentShell: string | null): Shell {
  if (command.options.shell !== null) return named(command.options.shell);
  if (Object.hasOwn(BY_LANGUAGE, command.language)) return named(command.language);
  return documentShell === null ? 'bash' : named(documentShell);
}

function named(words: string): Shell {
  const key = words.trim().toLowerCase();
  const shell = Object.hasOwn(BY_LANGUAGE, key) ? BY_LANGUAGE[key] : undefined;
  if (shell === undefined) throw errors.unknownShell(words);
  return shell;
}
