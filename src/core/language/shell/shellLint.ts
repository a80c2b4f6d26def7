import type { LintFinding } from '../diagnostics/finding.ts';
import type { RunbookSource } from '../source.ts';
import { shellFindingsByBlock, type BlockFindings } from './shellFindings.ts';
import type { ShellSyntax } from './syntaxNode.ts';

/**
 * What is found in the shell blocks of a document, where it is underlined; one
 * block at a time, for whoever has something else to do in between.
 */
export function* shellLint(source: RunbookSource, syntax: ShellSyntax): Generator<BlockFindings<LintFinding>> {
  const said = new Set<string>();
  for (const { found, isWhole } of shellFindingsByBlock(source.runbook, syntax)) {
    const placed = found.flatMap(({ start, end, command, ...finding }) => {
      const placeOf = source.placesOf(command);
      const range = { start: placeOf(start), end: placeOf(end) };
      // Commands before the first level of a block belong to every level of it.
      const key = `${finding.code} ${String(range.start.line)} ${String(range.start.character)}`;
      if (said.has(key)) return [];
      said.add(key);
      return [{ ...finding, range }];
    });
    yield { found: placed, isWhole };
  }
}
