import { readHeredocs, takeHeredocMark, type Heredoc } from './heredoc.ts';
import { refused, Scanner, type Quoting, type ScanResult, type Span } from './scan.ts';

/** A nesting level of the text. */
export interface Frame {
  readonly kind: 'code' | 'arithmetic' | 'double' | 'parameter' | 'heredoc';
  /** What ends it; empty at the outermost level. */
  readonly close: '' | ')' | '"' | '}';
  /** It is an unquoted $(…), or lies in one. */
  readonly splits: boolean;
  /** For code: heredocs whose text begins after this line. */
  readonly pending: Heredoc[];
}

const ARITHMETIC = refused('it stands in an arithmetic expression, where a value would be evaluated');
const PARAMETER = refused('it stands inside ${…}');
const BACKTICKS = refused('it stands between backticks (write $(…) instead)');
const ANSI = refused('it stands inside $\'…\'');

/** Finds how each span of a block for sh, bash or zsh is quoted. */
export function scanPosix(text: string, spans: readonly Span[]): ScanResult {
  const scanner = new Scanner(text, spans);
  const stack: Frame[] = [frame('code', '')];
  scanFrames(scanner, stack);
  return scanner.finish(stack.length === 1 && stack[0]?.pending.length === 0);
}

/** Walks the text; a frame of kind `heredoc` lasts until `end`. */
export function scanFrames(scanner: Scanner, stack: Frame[], end = scanner.text.length): void {
  while (scanner.at < end) {
    const top = stack.at(-1);
    if (top === undefined) return;
    if (scanner.takeSpan(quotingOf(top))) continue;
    if (scanner.char === '\\') scanner.skipEscaped();
    else if (scanner.char === '`') skipBackticks(scanner);
    else if (scanner.char === '$' && takeDollar(scanner, stack, top)) continue;
    else if (top.kind === 'code' || top.kind === 'arithmetic') stepCode(scanner, stack, top);
    else stepQuoted(scanner, stack, top);
  }
}

export function frame(kind: Frame['kind'], close: Frame['close'], splits = false): Frame {
  return { kind, close, splits, pending: [] };
}

function quotingOf(top: Frame): Quoting {
  switch (top.kind) {
    case 'code':
      return { kind: 'bare', split: top.splits };
    case 'double':
    case 'heredoc':
      return { kind: top.kind, split: top.splits };
    case 'arithmetic':
      return ARITHMETIC;
    case 'parameter':
      return PARAMETER;
  }
}

/** `$(…)`, `$((…))`, `${…}`, `$'…'`. Says whether it moved. */
function takeDollar(scanner: Scanner, stack: Frame[], top: Frame): boolean {
  if (scanner.startsWith('$((')) {
    scanner.at += 3;
    stack.push(frame('arithmetic', ')'));
    stack.push(frame('arithmetic', ')'));
    return true;
  }
  if (scanner.startsWith('$(')) {
    scanner.at += 2;
    stack.push(frame(top.kind === 'arithmetic' ? 'arithmetic' : 'code', ')', top.splits || top.kind === 'code'));
    return true;
  }
  if (scanner.startsWith('${')) {
    scanner.at += 2;
    stack.push(frame('parameter', '}', top.splits));
    return true;
  }
  const bare = top.kind === 'code' || top.kind === 'arithmetic';
  if (bare && scanner.startsWith("$'")) {
    scanner.at += 2;
    skipAnsi(scanner);
    return true;
  }
  if (scanner.startsWith('$[') || (bare && scanner.startsWith('$"'))) scanner.lose('a $[…] or $"…" stands before it');
  return false;
}

function stepCode(scanner: Scanner, stack: Frame[], top: Frame): void {
  const { char } = scanner;
  if (char === '#' && scanner.atWordStart && top.kind === 'code') return skipComment(scanner);
  if (char === '#' && scanner.text.charAt(scanner.at - 1) === ')') scanner.lose('a “#” right behind a bracket stands before it');
  if (char === "'") return skipSingle(scanner, top);
  if (char === '"') stack.push(frame('double', '"', top.splits));
  else if (char === '(') stack.push(frame(top.kind === 'arithmetic' || scanner.startsWith('((') ? 'arithmetic' : 'code', ')', top.splits));
  else if (char === ')' && top.close === ')') {
    if (top.pending.length > 0) scanner.lose('a here-document begins before it in a $(…) of one line');
    stack.pop();
  } else if (char === '<' && top.kind === 'code' && takeHeredocMark(scanner, top.pending)) return;
  else if (char === '\n') return endLine(scanner, stack, top);
  else if (stack.length > 1 && scanner.atWordStart && /^(?:case\b|=~)/.test(scanner.text.slice(scanner.at, scanner.at + 5))) scanner.lose('a “case” or “=~” inside brackets stands before it');
  scanner.at += 1;
}

function endLine(scanner: Scanner, stack: Frame[], top: Frame): void {
  scanner.at += 1;
  if (top.kind === 'arithmetic') scanner.lose('brackets over several lines stand before it');
  // A line that ends inside brackets: shells differ on where its here-documents begin.
  if (stack.slice(0, -1).some(({ pending }) => pending.length > 0)) scanner.lose('a here-document whose line goes on stands before it');
  readHeredocs(scanner, top.pending.splice(0), top.splits);
}

/** Inside double quotes, `${…}` and here-documents. */
function stepQuoted(scanner: Scanner, stack: Frame[], top: Frame): void {
  const { char } = scanner;
  if (char === top.close) stack.pop();
  else if (top.kind === 'parameter' && (char === '"' || char === "'" || char === '#')) {
    // What quotes mean in here depends on the shell and on what is around.
    if (char !== '#') scanner.lose('quotes inside ${…} stand before it');
  } else if (char === '\n' && stack.some(({ pending }) => pending.length > 0)) scanner.lose('a here-document whose line goes on stands before it');
  scanner.at += 1;
}

function skipSingle(scanner: Scanner, top: Frame): void {
  scanner.at += 1;
  while (!scanner.done && scanner.char !== "'") {
    if (scanner.takeSpan(top.kind === 'arithmetic' ? ARITHMETIC : { kind: 'single', split: top.splits })) continue;
    if (scanner.char === '\n' && top.pending.length > 0) scanner.lose('a here-document whose line goes on stands before it');
    scanner.at += 1;
  }
  closing(scanner, 'a quote');
}

function skipAnsi(scanner: Scanner): void {
  while (!scanner.done && scanner.char !== "'") {
    if (scanner.takeSpan(ANSI)) continue;
    // Only some shells know $'…', and the others see this quote end here.
    if (scanner.startsWith("\\'")) scanner.lose("an escaped quote inside $'…' stands before it");
    scanner.at += scanner.char === '\\' ? 2 : 1;
  }
  closing(scanner, 'a quote');
}

function skipBackticks(scanner: Scanner): void {
  scanner.at += 1;
  while (!scanner.done && scanner.char !== '`') {
    if (scanner.takeSpan(BACKTICKS)) continue;
    scanner.at += scanner.char === '\\' ? 2 : 1;
  }
  closing(scanner, 'a backtick');
}

function closing(scanner: Scanner, what: string): void {
  if (scanner.done) scanner.lose(`${what} is never closed`);
  scanner.at += 1;
}

function skipComment(scanner: Scanner): void {
  while (!scanner.done && scanner.char !== '\n') {
    if (!scanner.takeSpan({ kind: 'comment' })) scanner.at += 1;
  }
}
