import type { Command, Runbook } from '../../runbook/model.ts';
import { bashCalls } from './bashCalls.ts';
import { commandUses, type CommandUse } from './commandUse.ts';
import type { CheckedBlock, CommandFinding, ShellRule } from './finding.ts';
import { maskPlaceholders } from './maskPlaceholders.ts';
import { pwshCalls } from './pwshCalls.ts';
import { readBy } from './readBy.ts';
import { cdUnguarded } from './rules/cdUnguarded.ts';
import { credentialInClear } from './rules/credentialInClear.ts';
import { destructiveWithoutUndo } from './rules/destructiveWithoutUndo.ts';
import { invokeDownload } from './rules/invokeDownload.ts';
import { opensSession } from './rules/opensSession.ts';
import { pipeHidesFailure } from './rules/pipeHidesFailure.ts';
import { pipeToShell } from './rules/pipeToShell.ts';
import { removeItemUnset } from './rules/removeItemUnset.ts';
import { rmUnset } from './rules/rmUnset.ts';
import { shellSyntax } from './rules/shellSyntax.ts';
import { sudoInCheck } from './rules/sudoInCheck.ts';
import type { ShellGrammarName, ShellSyntax } from './syntaxNode.ts';

/** Of one block: what calls more programs is no block of a runbook, and looking at all against all would take long. */
const MOST_CALLS = 1_000;

const RULES: readonly ShellRule[] = [shellSyntax, rmUnset, removeItemUnset, pipeToShell, invokeDownload, credentialInClear, sudoInCheck, destructiveWithoutUndo, cdUnguarded, pipeHidesFailure, opensSession];

/** The grammars that a runbook's blocks are read by: none for one without blocks of a shell. */
export function grammarsOf(runbook: Runbook): ReadonlySet<ShellGrammarName> {
  const found = [...commandUses(runbook).keys()].map((command) => readBy(command, runbook.frontMatter.shell)?.grammar);
  return new Set(found.filter((grammar) => grammar !== undefined));
}

/**
 * What is wrong with, or risky in, the blocks of a runbook, in document order.
 * A block whose grammar is not there gives nothing.
 */
export function shellFindings(runbook: Runbook, syntax: ShellSyntax): readonly CommandFinding[] {
  return [...shellFindingsByBlock(runbook, syntax)].flatMap(({ found }) => found);
}

/** What was found in one block. */
export interface BlockFindings<Finding> {
  readonly found: readonly Finding[];
  /** The whole block was looked at. Otherwise nothing found in it does not mean that nothing is there. */
  readonly isWhole: boolean;
}

/** The same, one block at a time, for whoever has something else to do in between. */
export function* shellFindingsByBlock(runbook: Runbook, syntax: ShellSyntax): Generator<BlockFindings<CommandFinding>> {
  for (const [command, use] of commandUses(runbook)) {
    const block = checkedBlock(runbook, command, use, syntax);
    const found = block === null ? [] : RULES.flatMap((rule) => rule(block));
    const isWhole = block === null ? readBy(command, runbook.frontMatter.shell) === null : block.calls.length < MOST_CALLS;
    yield { found: found.sort((one, other) => one.start - other.start).map((finding) => ({ ...finding, command })), isWhole };
  }
}

function checkedBlock(runbook: Runbook, command: Command, use: CommandUse, syntax: ShellSyntax): CheckedBlock | null {
  const read = readBy(command, runbook.frontMatter.shell);
  if (read === null) return null;
  const text = maskPlaceholders(command);
  const tree = syntax.parse(read.grammar, text);
  if (tree === null) return null;
  const calls = (read.grammar === 'bash' ? bashCalls : pwshCalls)(tree, text).slice(0, MOST_CALLS);
  return { runbook, command, use, ...read, text, tree, calls };
}
