import type { Placeholder } from './model.ts';

/*
 * A placeholder is a name in brackets that a person has to replace. What looks
 * alike but is ordinary shell has to be left alone: tests, globs, redirections,
 * brace expansion, parameters, array indexes, programs of awk, sed and jq.
 * Where both readings are possible the rule leans towards asking: a question
 * too many costs a moment, a `cp <src>/x` that runs as a redirection costs data.
 */
const CANDIDATE = /\{\{\s*([A-Za-z][\w-]*)\s*\}\}|\{([A-Za-z][\w-]*)\}|<([A-Za-z][\w .-]*[\w]|[A-Za-z])>|\[([A-Za-z][\w .-]*[\w])\]/g;
const QUICK = /[[<{][A-Za-z{ ]/;

/** Programs whose quoted arguments are full of brackets that mean something else. */
const BRACKET_PROGRAMS = /\b(?:grep|egrep|rg|sed|awk|gawk|jq|yq|perl|tr|find|python3?|node|ruby|xargs)\b|=~|--format\b|--template\b|-o\s*(?:go-template|jsonpath)/;

/**
 * Finds the placeholders in a block of shell commands. Comments are passed over.
 * @param text the block, LF line ends
 * @returns them in order of appearance
 */
export function findPlaceholders(text: string): readonly Placeholder[] {
  if (!QUICK.test(text)) return NONE;
  const found: Placeholder[] = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    if (QUICK.test(line)) scanLine(line, lineStart, text, found);
    lineStart += line.length + 1;
  }
  return found;
}

const NONE: readonly Placeholder[] = [];

function scanLine(line: string, lineStart: number, text: string, found: Placeholder[]): void {
  const end = commentStart(line);
  for (const match of line.matchAll(CANDIDATE)) {
    const at = match.index;
    if (at >= end) return;
    const [whole, double, brace, angle, square] = match;
    const before = at === 0 ? '' : line.charAt(at - 1);
    const after = line.charAt(at + whole.length);
    const quotedProgram = BRACKET_PROGRAMS.test(line.slice(0, at)) && insideQuotes(line, at);
    const isPlaceholder =
      (double !== undefined && !quotedProgram) ||
      (brace !== undefined && !/[$@%\\#{]/.test(before) && after !== '}' && !quotedProgram) ||
      (angle !== undefined && before !== '<' && before !== '&' && after !== '(' && !text.includes(`</${angle}>`) && !quotedProgram) ||
      (square !== undefined && isSquarePlaceholder(square, before, after) && !quotedProgram);
    const name = double ?? brace ?? angle ?? square;
    if (isPlaceholder && name !== undefined) {
      found.push({ name, start: lineStart + at, end: lineStart + at + whole.length });
    }
  }
}

/**
 * `[repo]` against the glob `[abc]`, the index `list[key]`, the test `[[word]]`
 * and the class `[a-z]`.
 */
function isSquarePlaceholder(name: string, before: string, after: string): boolean {
  if (/[\w\]$\\[}]/.test(before) || after === ']' || after === '(') return false;
  if (/[*?[]/.test(before + after)) return false;
  if (/^.-.$/.test(name) || name.length < 3) return false;
  return !isAscendingSet(name);
}

/** Letters that rise without repeating, as in `[abc]` or `[aeiou]`: a glob's set. */
function isAscendingSet(name: string): boolean {
  if (!/^[a-z]+$/.test(name) && !/^[A-Z]+$/.test(name)) return false;
  for (let i = 1; i < name.length; i++) {
    if (name.charCodeAt(i) <= name.charCodeAt(i - 1)) return false;
  }
  return true;
}

/** Offset of an unquoted `#` that begins a comment, or the line's length. */
function commentStart(line: string): number {
  if (!line.includes('#')) return line.length;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (character === '\\' && quote !== "'") i++;
    else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#' && (i === 0 || /[\s;&|()]/.test(line.charAt(i - 1)))) return i;
  }
  return line.length;
}

function insideQuotes(line: string, at: number): boolean {
  let quote = '';
  for (let i = 0; i < at; i++) {
    const character = line.charAt(i);
    if (character === '\\' && quote !== "'") i++;
    else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
  }
  return quote !== '';
}
