import type { Command } from '../../runbook/model.ts';
import { REQUEST_LANGUAGE } from '../../runbook/vocabulary.ts';
import { SHELLS, shellOf, type Shell } from '../../run/shell/shells.ts';
import type { ShellGrammarName } from './syntaxNode.ts';

export interface ReadBy {
  readonly grammar: ShellGrammarName;
  /** Whether the shell has this grammar and no further one. */
  readonly exact: boolean;
}

const GRAMMARS: Readonly<Record<Shell, ReadBy | null>> = {
  bash: { grammar: 'bash', exact: true },
  sh: { grammar: 'bash', exact: true },
  zsh: { grammar: 'bash', exact: false },
  pwsh: { grammar: 'powershell', exact: true },
  fish: null,
  cmd: null,
};

/** By what a block's text is read, or null: it is no text of a shell, or of one that has no grammar here. */
export function readBy(command: Command, documentShell: string | null): ReadBy | null {
  const { interpreter, file } = command.options;
  if (file !== undefined || command.language === REQUEST_LANGUAGE) return null;
  if (interpreter !== undefined) {
    const program = SHELLS.find((shell) => shell === interpreter[0]);
    return program === undefined ? null : GRAMMARS[program];
  }
  // Only shells are named in a runbook that was read: what cannot be one was left out there.
  return GRAMMARS[shellOf(command, documentShell)];
}
