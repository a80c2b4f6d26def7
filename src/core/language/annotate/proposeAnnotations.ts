import { readSource } from '../source.ts';
import type { TextEdit } from '../text.ts';
import { AnnotationWriter } from './annotationWriter.ts';
import { headMatter } from './headMatter.ts';
import { importResults, importRunme } from './importForms.ts';
import { keepMeaning } from './keepMeaning.ts';
import { nameSteps } from './nameSteps.ts';
import type { Proposal } from './proposal.ts';
import { stateLevels } from './stateLevels.ts';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * What the parser understood of a document, made explicit: changes that add
 * annotations and front matter, and touch no prose and no command. The text
 * means the same with them as without; proposed again, nothing is left.
 * @param text with any line ends, with or without a byte order mark
 * @returns changes that do not overlap, in document order; none for a text without steps
 */
export function proposeAnnotations(text: string): readonly Proposal[] {
  const offset = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const bare = text.slice(offset);
  const source = readSource(bare);
  const { steps, rollbackLevels, frontMatter } = source.runbook;
  if (steps.length === 0 && rollbackLevels.length === 0) return [];
  // Whoever wrote a newer format knows words that are not known here.
  if (frontMatter.version !== null && frontMatter.version > 1) return [];
  const lineEnd = bare.includes('\r\n') ? '\r\n' : '\n';
  const writer = new AnnotationWriter(source);
  nameSteps(source, writer);
  stateLevels(source, writer);
  importRunme(source, writer);
  const proposals = [...headMatter(source, bare.replace(/\r\n?/g, '\n'), lineEnd), ...writer.proposals, ...importResults(source)];
  const changed = proposals.filter(({ edit }) => source.lines.textIn(edit.range) !== edit.newText);
  const ordered = [...changed].sort((a, b) => a.edit.range.start.line - b.edit.range.start.line || a.edit.range.start.character - b.edit.range.start.character);
  return keepMeaning(bare, ordered).map((proposal) => ({ ...proposal, edit: movedOnFirstLine(proposal.edit, offset) }));
}

/** A byte order mark is a character of the first line. */
function movedOnFirstLine({ range, newText }: TextEdit, offset: number): TextEdit {
  const moved = (at: TextEdit['range']['start']): TextEdit['range']['start'] => (at.line === 0 ? { line: 0, character: at.character + offset } : at);
  return { range: { start: moved(range.start), end: moved(range.end) }, newText };
}
