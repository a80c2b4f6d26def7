import { DEEPEST, onLine, StopReading, type StructureProblem } from './structure.ts';

const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/**
 * The first place where quotes or brackets of a text for PowerShell do not
 * match up: a second opinion on what a grammar calls an error. What this cannot
 * follow for certain is no problem.
 */
export function pwshProblem(text: string): StructureProblem | null {
  try {
    const end = readCode(text, 0, null, 0);
    return end === text.length ? null : { start: end, end: end + 1, message: `“${text.charAt(end)}” closes nothing that is open here: remove it, or write what it belongs to.` };
  } catch (error) {
    if (error instanceof StopReading) return error.problem;
    throw error;
  }
}

/** Reads to the bracket that closes `opened`, or to the end. Gives the offset of a bracket that closes something else. */
function readCode(text: string, from: number, opened: number | null, depth: number): number {
  if (depth > DEEPEST) throw new StopReading(null);
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '`') at += 2;
    else if (char === '#' && (at === 0 || /[\s;(){}|]/.test(text.charAt(at - 1)))) at = indexOrEnd(text, '\n', at);
    else if (text.startsWith('<#', at)) at = closed(text, '#>', at, 2, 'comment');
    else if (/^@["']\r?\n/.test(text.slice(at, at + 4))) at = closed(text, `\n${text.charAt(at + 1)}@`, at, 2, 'here-string');
    else if (text.startsWith('--%', at)) throw new StopReading(null);
    else if (char === "'") at = closed(text, "'", at, 1, 'quote');
    else if (char === '"') at = readDouble(text, at, depth);
    // Typographic quotes are quotes here, and seldom meant.
    else if (/[\u2018-\u201e]/.test(char)) throw new StopReading(null);
    else if (char === '(' || char === '{') at = readBracket(text, at, depth);
    else if (char === ')' || char === '}') return at;
    else at += 1;
  }
  if (opened !== null) throw new StopReading({ start: opened, end: opened + 1, message: `The “${text.charAt(opened)}”${onLine(text, opened)} is never closed: a “${CLOSED_BY[text.charAt(opened)] ?? ''}” is missing.` });
  return text.length;
}

function readBracket(text: string, start: number, depth: number): number {
  const end = readCode(text, start + 1, start, depth + 1);
  const wanted = CLOSED_BY[text.charAt(start)] ?? '';
  if (text.charAt(end) === wanted) return end + 1;
  throw new StopReading({ start, end: start + 1, message: `The “${text.charAt(start)}”${onLine(text, start)} is not closed before this “${text.charAt(end)}”${onLine(text, end)}: a “${wanted}” is missing.` });
}

function readDouble(text: string, start: number, depth: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') {
    if (text.charAt(at) === '`') at += 2;
    else if (text.startsWith('$(', at)) at = readBracket(text, at + 1, depth);
    else at += 1;
  }
  if (at >= text.length) throw unclosed(text, start, '"', 'quote');
  return at + 1;
}

function closed(text: string, mark: string, start: number, skip: number, what: string): number {
  const end = text.indexOf(mark, start + skip);
  if (end < 0) throw unclosed(text, start, mark.trim(), what);
  return end + mark.length;
}

function unclosed(text: string, start: number, mark: string, what: string): StopReading {
  return new StopReading({ start, end: start + 1, message: `The ${what} that begins here${onLine(text, start)} is never closed: ${mark} is missing.` });
}

function indexOrEnd(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}
