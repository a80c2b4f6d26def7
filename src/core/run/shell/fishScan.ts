import { Scanner, type ScanResult, type Span } from './scan.ts';

type Frame = 'code' | 'double';

/** Finds how each span of a block for fish is quoted. */
export function scanFish(text: string, spans: readonly Span[]): ScanResult {
  const scanner = new Scanner(text, spans);
  const stack: Frame[] = ['code'];
  while (!scanner.done) {
    const top = stack.at(-1) ?? 'code';
    if (scanner.takeSpan({ kind: top === 'code' ? 'bare' : 'double', split: false })) continue;
    if (scanner.char === '\\') scanner.skipEscaped();
    else if (top === 'double') stepDouble(scanner, stack);
    else stepCode(scanner, stack);
  }
  return scanner.finish(stack.length === 1);
}

function stepDouble(scanner: Scanner, stack: Frame[]): void {
  if (scanner.char === '"') stack.pop();
  else if (scanner.startsWith('$(')) {
    stack.push('code');
    scanner.at += 1;
  }
  scanner.at += 1;
}

function stepCode(scanner: Scanner, stack: Frame[]): void {
  const { char } = scanner;
  if (char === "'") return skipSingle(scanner);
  if (char === '#' && scanner.atWordStart) return skipComment(scanner);
  if (char === '"') stack.push('double');
  else if (char === '(') stack.push('code');
  else if (char === ')' && stack.length > 1) stack.pop();
  else if (char === ')' || scanner.startsWith('<<')) scanner.lose('something that is no fish stands before it');
  scanner.at += 1;
}

/** In fish a backslash escapes inside single quotes too. */
function skipSingle(scanner: Scanner): void {
  scanner.at += 1;
  while (!scanner.done && scanner.char !== "'") {
    if (scanner.takeSpan({ kind: 'single', split: false })) continue;
    if (scanner.char === '\\') scanner.skipEscaped();
    else scanner.at += 1;
  }
  if (scanner.done) scanner.lose('a quote is never closed');
  scanner.at += 1;
}

function skipComment(scanner: Scanner): void {
  while (!scanner.done && scanner.char !== '\n') {
    if (!scanner.takeSpan({ kind: 'comment' })) scanner.at += 1;
  }
}
