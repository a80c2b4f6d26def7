import type { LintFinding } from '../diagnostics/finding.ts';
import { fenceAround } from '../fenceLines.ts';
import { blockOf } from '../resultFence.ts';
import type { RunbookSource } from '../source.ts';
import { contains, rangeOf, type TextEdit } from '../text.ts';
import { quickFix, type Fix, type FixPlace } from './fix.ts';
import { keepsAll, keepsAllButText, keepsOthers, keepsSteps, type Keeps } from './keeps.ts';

/** Findings whose word may be any of some that there are. */
const MOST = 3;

/** Puts what was probably meant in the place of a misspelt word: an attribute, a key, an id, a value. */
export function correctWord({ source, findings }: FixPlace): readonly Fix[] {
  return findings.flatMap((finding) => {
    const { subject, suggestion } = finding;
    const edit = subject === undefined || suggestion === undefined ? null : replaced(source, finding, subject, suggestion);
    return edit === null || suggestion === undefined ? [] : [quickFix(`Change to “${suggestion}”`, finding, [edit], { isPreferred: true, keeps: keepsAround(source, finding) })];
  });
}

/** A level is a number: which one was meant is for the author to say. */
export function chooseLevel({ source, findings }: FixPlace): readonly Fix[] {
  return findings
    .filter(({ code }) => code === 'unknown-level')
    .flatMap((finding) =>
      source.runbook.rollbackLevels.slice(0, MOST).flatMap(({ level, title }) => {
        const edit = replaced(source, finding, finding.subject ?? '', String(level));
        return edit === null ? [] : [quickFix(`Change to level ${String(level)} (${title})`, finding, [edit], { keeps: keepsAround(source, finding) })];
      }),
    );
}

/** Only the word itself is replaced, where it stands alone: quotes around it stay, and of `db.migrate` no part is another word. */
function replaced({ lines, fences }: RunbookSource, { range }: LintFinding, word: string, by: string): TextEdit | null {
  const { start, end } = range;
  const text = lines.textIn(range);
  if (isInBlock(fences, start.line)) return replacedInCommand(range, text, word, by);
  const quoted = text === `"${word}"` || text === `'${word}'` ? 1 : 0;
  if (word === '' || start.line !== end.line || (quoted === 0 && text !== word)) return null;
  const line = lines.lineText(start.line);
  if (/[\w./-]/.test(line.charAt(start.character - 1)) || /^(?:[\w/-]|\.\w)/.test(line.slice(end.character))) return null;
  return { range: rangeOf(start.line, start.character + quoted, end.character - quoted), newText: by };
}

/** What is corrected may change by it: the step, the block or the section that says it, or what the front matter asks. */
function keepsAround(source: RunbookSource, { range }: LintFinding): Keeps {
  const { annotations, fences, frontMatter, runbook } = source;
  const site = annotations.find((each) => contains(each.range, range.start));
  const inside = site === undefined ? fenceAround(fences, range.start.line) : null;
  if (inside !== null) return keepsAllButText(({ line }) => inside.line < line && line <= inside.endLine);
  if (site === undefined) return frontMatter !== null && range.start.line <= frontMatter.endLine ? keepsSteps : keepsAll;
  const block = blockOf(source, fences.findIndex(({ line }) => line === site.ownerLine - 1));
  const first = (block?.line ?? site.ownerLine - 1) + 1;
  const owner = site.on === 'heading' ? runbook.sections.find(({ line }) => line === first) : runbook.steps.findLast(({ line, endLine }) => line <= first && first <= endLine);
  const last = Math.max(owner?.endLine ?? first, (block?.endLine ?? 0) + 1);
  const isMeant = (line: number): boolean => (owner?.line ?? first) <= line && line <= last;
  return keepsOthers(isMeant, isMeant);
}

/** In a command the word is part of what is underlined: `$DIR` of `"$DIR/releases"`. */
function replacedInCommand({ start, end }: LintFinding['range'], text: string, word: string, by: string): TextEdit | null {
  let at = text.indexOf(word);
  while (at !== -1 && /\w/.test(text.charAt(at + word.length))) at = text.indexOf(word, at + 1);
  if (word === '' || at === -1 || start.line !== end.line) return null;
  return { range: rangeOf(start.line, start.character + at, start.character + at + word.length), newText: by };
}

function isInBlock(fences: RunbookSource['fences'], line: number): boolean {
  const fence = fenceAround(fences, line);
  return fence !== null && fence.line !== line;
}
