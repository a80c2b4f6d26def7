import type { Command, Runbook, Severity } from '../../runbook/model.ts';
import type { CommandUse } from './commandUse.ts';
import type { ShellCall } from './shellCall.ts';
import type { ShellGrammarName, SyntaxNode } from './syntaxNode.ts';

/** What is wrong with a block, and where in its text. */
export interface ShellFinding {
  readonly severity: Severity;
  readonly code: string;
  /** Says what is wrong and what to do. */
  readonly message: string;
  /** Offsets in the command's text (UTF-16 units); `end` is just past the last character. */
  readonly start: number;
  readonly end: number;
  /** What of it can be corrected, and what belongs in its place; left out: that is for the author to say. */
  readonly subject?: string;
  readonly suggestion?: string;
}

/** A finding with the block that it is about. */
export interface CommandFinding extends ShellFinding {
  readonly command: Command;
}

/** A block as the rules look at it. */
export interface CheckedBlock {
  readonly runbook: Runbook;
  readonly command: Command;
  readonly use: CommandUse;
  readonly grammar: ShellGrammarName;
  /** Whether the grammar is that of the very shell: zsh is read with the one of bash, which does not know all of it. */
  readonly exact: boolean;
  /** The commands, with a word of the same length in the place of each placeholder. */
  readonly text: string;
  readonly tree: SyntaxNode;
  /** Every call of a program in it, in order. */
  readonly calls: readonly ShellCall[];
}

/** One thing that is looked for. */
export type ShellRule = (block: CheckedBlock) => readonly ShellFinding[];

/** Whether a stretch of the text holds something that is filled in later. */
export function hasPlaceholder({ command }: CheckedBlock, start: number, end: number): boolean {
  return command.placeholders.some((place) => place.start < end && place.end > start);
}
