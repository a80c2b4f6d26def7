import { parseRunbook } from '../../runbook/parse.ts';
import type { LintFinding } from '../diagnostics/finding.ts';
import type { RunbookSource } from '../source.ts';
import { applyEdits, isBefore, type Range, type TextEdit } from '../text.ts';
import { addUndo, addVerify } from './addBlock.ts';
import { addId } from './addId.ts';
import { chooseLevel, correctWord } from './correctWord.ts';
import { disableLint } from './disableLint.ts';
import { touches, type Fix, type FixPlace } from './fix.ts';
import { keepsAll, type Keeps } from './keeps.ts';
import { placeholderInput } from './placeholderInput.ts';
import { removeHidden } from './removeHidden.ts';
import { removeUseless } from './removeUseless.ts';
import { splitFence } from './splitFence.ts';
import { wrapInPhases } from './wrapInPhases.ts';

/** In the order in which they are offered: what corrects first, what only hides last. */
const FIXES: readonly ((place: FixPlace) => readonly Fix[])[] = [correctWord, removeUseless, removeHidden, placeholderInput, chooseLevel, addUndo, addVerify, addId, splitFence, wrapInPhases, disableLint];

/**
 * What can be done at a place of a document. What would change more of what runs
 * than it means to is left out.
 * @param all findings of the whole document; those that touch the place are fixed
 * @param isWanted what is not wanted is left out before it is judged, since judging reads the document once more
 */
export function fixesFor(source: RunbookSource, range: Range, all: readonly LintFinding[], isWanted: (fix: Fix) => boolean = () => true): readonly Fix[] {
  const findings = all.filter((finding) => touches(finding.range, range));
  return FIXES.flatMap((fix) => fix({ source, range, findings })).filter((fix) => isWanted(fix) && isKept(source, fix));
}

/** All that can be corrected without being looked at, as edits that do not overlap. */
export function safeEdits(source: RunbookSource, all: readonly LintFinding[]): readonly TextEdit[] {
  const edits = all.flatMap((finding) => removeUseless({ source, range: finding.range, findings: [finding] }).filter(({ isSafe }) => isSafe).flatMap((fix) => fix.edits));
  const sorted = [...edits].sort((a, b) => (isBefore(a.range.start, b.range.start) ? -1 : 1));
  const apart = sorted.filter((edit, at) => at === 0 || !isBefore(edit.range.start, sorted[at - 1]?.range.end ?? edit.range.start));
  return apart.length === 0 || isKept(source, { edits: apart, keeps: keepsAll }) ? apart : [];
}

function isKept({ runbook, text }: RunbookSource, { edits, keeps }: { readonly edits: readonly TextEdit[]; readonly keeps: Keeps }): boolean {
  return keeps(runbook, parseRunbook(applyEdits(text, edits)));
}
