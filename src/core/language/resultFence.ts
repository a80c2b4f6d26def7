import { commandsIn } from '../runbook/allCommands.ts';
import { htmlComments } from '../runbook/htmlComments.ts';
import { OUTPUT_LANGUAGE, SIMILARITY_COMMENT } from '../runbook/vocabulary.ts';
import type { FenceLines } from './fenceLines.ts';
import type { RunbookSource } from './source.ts';

/** The fence that says what the one at a place prints, as the parser has it; null for none. */
export function resultBelow({ fences, lines, runbook }: RunbookSource, at: number): FenceLines | null {
  const fence = fences[at];
  const next = fences[at + 1];
  if (fence === undefined || next === undefined) return null;
  const between = Array.from({ length: next.line - fence.endLine - 1 }, (_, index) => lines.lineText(fence.endLine + 1 + index)).join('\n');
  const isRight = next.language === OUTPUT_LANGUAGE && /^[\s>]*$/.test(between);
  const saysHow = [...htmlComments(between)].some(({ text }) => SIMILARITY_COMMENT.test(text));
  if (!isRight && !saysHow) return null;
  for (const { line, expectedOutput } of commandsIn(runbook)) {
    if (line === fence.line + 1) return expectedOutput === null ? null : next;
  }
  // Blocks of several levels, and ones that are not run, are not found by their line.
  return isRight ? next : null;
}

/** A fence, or the one above it of whose result it is. */
export function blockOf(source: RunbookSource, at: number): FenceLines | null {
  const fence = source.fences[at];
  if (fence === undefined) return null;
  return resultBelow(source, at - 1) === fence ? (source.fences[at - 1] ?? fence) : fence;
}
