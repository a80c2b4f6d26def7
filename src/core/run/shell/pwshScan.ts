import { refused, Scanner, type ScanResult, type Span } from './scan.ts';

type Frame = 'code' | 'double';

const SINGLE = refused("it stands in single quotes, which PowerShell takes literally (use double quotes)");

/** Finds how each span of a block for PowerShell is quoted. Here-strings and block comments are not followed. */
export function scanPwsh(text: string, spans: readonly Span[]): ScanResult {
  const scanner = new Scanner(text, spans);
  const stack: Frame[] = ['code'];
  while (!scanner.done) {
    const top = stack.at(-1) ?? 'code';
    if (scanner.takeSpan(top === 'code' ? { kind: 'bare', split: false } : { kind: 'double', split: false })) continue;
    if (scanner.char === '`') scanner.skipEscaped();
    else if (top === 'double') stepDouble(scanner, stack);
    else stepCode(scanner, stack);
  }
  return scanner.finish(stack.length === 1);
}

function stepDouble(scanner: Scanner, stack: Frame[]): void {
  if (scanner.startsWith('""')) scanner.at += 1;
  else if (isDouble(scanner.char)) stack.pop();
  else if (scanner.startsWith('$(')) {
    stack.push('code');
    scanner.at += 1;
  }
  scanner.at += 1;
}

function stepCode(scanner: Scanner, stack: Frame[]): void {
  const { char } = scanner;
  if (isSingle(char)) return skipSingle(scanner);
  if (scanner.startsWith('<#') || scanner.startsWith('@"') || scanner.startsWith("@'") || scanner.startsWith('--%')) scanner.lose('a here-string, block comment or --% stands before it');
  if (char === '#' && scanner.atWordStart) return skipComment(scanner);
  if (isDouble(char)) stack.push('double');
  else if (char === '(' || char === '{') stack.push('code');
  else if ((char === ')' || char === '}') && stack.length > 1) stack.pop();
  scanner.at += 1;
}

function skipSingle(scanner: Scanner): void {
  scanner.at += 1;
  while (!scanner.done && !isSingle(scanner.char)) if (!scanner.takeSpan(SINGLE)) scanner.at += 1;
  if (scanner.done) scanner.lose('a quote is never closed');
  scanner.at += 1;
}

function skipComment(scanner: Scanner): void {
  while (!scanner.done && scanner.char !== '\n') {
    if (!scanner.takeSpan({ kind: 'comment' })) scanner.at += 1;
  }
}

/** PowerShell takes typographic quotes for quotes. */
function isDouble(char: string): boolean {
  return /["\u201c-\u201e]/.test(char);
}

function isSingle(char: string): boolean {
  return /['\u2018-\u201b]/.test(char);
}
