import type { Diagnostic } from '../../runbook/model.ts';
import { fenceAround } from '../fenceLines.ts';
import type { RunbookSource } from '../source.ts';
import { isBefore } from '../text.ts';
import { AS_THEY_ARE, type LintFinding, type LintSettings } from './finding.ts';
import { findingRanges, withWordAround } from './findingRange.ts';
import { hideByComments } from './hideByComments.ts';
import { authorFindings } from './rules.ts';

/**
 * Everything odd in a document, where it is underlined, in its order.
 * @param shell what was found in its shell blocks; null as long as that is not
 *   known: nothing is said then of comments that seem to hide nothing
 * @param isWhole whether all of its shell blocks were looked at; nothing is said
 *   of such comments either when they were not
 */
export function lint(source: RunbookSource, settings: LintSettings = AS_THEY_ARE, shell: readonly LintFinding[] | null = [], isWhole = true): readonly LintFinding[] {
  const found = hideByComments(source, [...parserFindings(source), ...authorFindings(source), ...(shell ?? [])]);
  const sure = shell === null || !isWhole ? found.filter(({ code }) => code !== 'unused-lint-disable') : found;
  return sure.flatMap((finding) => withSeverity(finding, settings)).sort((a, b) => (isBefore(a.range.start, b.range.start) ? -1 : isBefore(b.range.start, a.range.start) ? 1 : 0));
}

/** What the parser says, wherever the runbook is shown. */
function parserFindings(source: RunbookSource): readonly LintFinding[] {
  const diagnostics = source.runbook.diagnostics.filter((diagnostic) => !isBeingWritten(source, diagnostic));
  if (diagnostics.length === 0) return [];
  const rangeOf = findingRanges(source);
  return diagnostics.map((diagnostic) => {
    const { code, severity, message, subject, suggestion } = diagnostic;
    const range = rangeOf(diagnostic);
    return { code, severity, message, range: code === 'hidden-characters' ? withWordAround(source.lines, range) : range, ...(subject === undefined ? {} : { subject }), ...(suggestion === undefined ? {} : { suggestion }) };
  });
}

/** A block without its end is empty because somebody has just begun it. */
function isBeingWritten(source: RunbookSource, { code, line }: Diagnostic): boolean {
  return code === 'empty-fence' && fenceAround(source.fences, line - 1)?.isClosed === false;
}

function withSeverity(finding: LintFinding, { severities }: LintSettings): readonly LintFinding[] {
  const set = severities.get(finding.code);
  return set === 'off' ? [] : [set === undefined ? finding : { ...finding, severity: set }];
}
