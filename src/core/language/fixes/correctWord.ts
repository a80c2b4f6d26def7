import type { TextEdit } from '../text.ts';
import { quickFix, type Fix, type FixPlace } from './fix.ts';

/** Findings whose word may be any of some that there are. */
const MOST = 3;

/** Puts what was probably meant in the place of a misspelt word: an attribute, a key, an id, a value. */
export function correctWord({ source, findings }: FixPlace): readonly Fix[] {
  return findings.flatMap((finding) => {
    const { subject, suggestion } = finding;
    const edit = subject === undefined || suggestion === undefined ? null : replaced(source.lines.textIn(finding.range), finding.range, subject, suggestion);
    return edit === null || suggestion === undefined ? [] : [quickFix(`Change to “${suggestion}”`, finding, [edit], { isPreferred: true })];
  });
}

/** A level is a number: which one was meant is for the author to say. */
export function chooseLevel({ source, findings }: FixPlace): readonly Fix[] {
  return findings
    .filter(({ code }) => code === 'unknown-level')
    .flatMap((finding) =>
      source.runbook.rollbackLevels.slice(0, MOST).flatMap(({ level, title }) => {
        const edit = replaced(source.lines.textIn(finding.range), finding.range, finding.subject ?? '', String(level));
        return edit === null ? [] : [quickFix(`Change to level ${String(level)} (${title})`, finding, [edit])];
      }),
    );
}

/** Only the word itself is replaced: quotes around it stay. */
function replaced(text: string, { start }: TextEdit['range'], word: string, by: string): TextEdit | null {
  const at = word === '' ? -1 : text.indexOf(word);
  if (at === -1 || text.includes('\n')) return null;
  const from = { line: start.line, character: start.character + at };
  return { range: { start: from, end: { line: start.line, character: from.character + word.length } }, newText: by };
}
