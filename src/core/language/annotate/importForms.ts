import { SIMILARITY_COMMENT } from '../../runbook/vocabulary.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf } from '../text.ts';
import type { AnnotationWriter } from './annotationWriter.ts';
import type { Proposal } from './proposal.ts';
import { ourAnnotation } from './runmeRewrite.ts';

/** Wishes for annotations of Runme in our words. */
export function importRunme(source: RunbookSource, writer: AnnotationWriter): void {
  for (const { text, on, ownerLine } of source.annotations) {
    if (on === 'output' || ourAnnotation(text) === null) continue;
    writer.want({ on, line: ownerLine }, 'imports', [], 'Runme’s options that mean something here, in words of this format.');
  }
}

/**
 * Results of Innovation Engine as `output` fences: where the comment stands
 * right between the command and its result, and asks for a number.
 */
export function importResults({ lines, fences }: RunbookSource): readonly Proposal[] {
  return fences.flatMap((fence, index) => {
    const before = fences[index - 1];
    const info = lines.lineText(fence.line).slice(fence.infoStart).trim();
    if (before?.isClosed !== true || !/^(?:text|output|txt|console)$/i.test(info)) return [];
    const between = Array.from({ length: fence.line - before.endLine - 1 }, (_, place) => before.endLine + 1 + place);
    const comment = between.find((line) => lines.lineText(line).trim() !== '');
    if (comment === undefined || between.some((line) => line !== comment && lines.lineText(line).trim() !== '')) return [];
    const wanted = SIMILARITY_COMMENT.exec(lines.lineText(comment).trim())?.[1] ?? '';
    if (!/^[\d.]+$/.test(wanted)) return [];
    const line = lines.lineText(fence.line);
    return [{
      kind: 'imports' as const,
      // From the comment to the fence's words in one change: either half alone would check something else.
      edit: { range: { start: rangeOf(comment, 0, 0).start, end: lines.lineRange(fence.line).end }, newText: `${line.slice(0, fence.infoStart)}output {similarity=${wanted}}` },
      reason: 'What the command prints, compared as alike as Innovation Engine’s comment asks for.',
    }];
  });
}
