import { frame, scanFrames } from './posixScan.ts';
import { refused, type Scanner } from './scan.ts';

/** A here-document whose text is still to come. */
export interface Heredoc {
  readonly delimiter: string;
  /** A quoted one is taken literally: nothing can be put into it. */
  readonly quoted: boolean;
  /** `<<-`: tabs before the lines are dropped. */
  readonly dash: boolean;
}

const QUOTED = refused('it stands in a here-document whose delimiter is quoted, which is taken literally');

/** Reads `<<WORD` at the scanner, or steps over what only begins like it. Says whether it moved. */
export function takeHeredocMark(scanner: Scanner, pending: Heredoc[]): boolean {
  if (!scanner.startsWith('<<')) return false;
  if (scanner.startsWith('<<<')) {
    scanner.at += 3;
    return true;
  }
  scanner.at += 2;
  const dash = scanner.char === '-';
  if (dash) scanner.at += 1;
  while (scanner.char === ' ' || scanner.char === '\t') scanner.at += 1;
  const word = /^(?:[\w.+-]+|'[\w .+-]+'|"[\w .+-]+"|\\[\w.+-]+)(?=[\s;|&)<>]|$)/.exec(scanner.text.slice(scanner.at))?.[0];
  if (word === undefined || !scanner.startsWith(word)) {
    scanner.lose('a here-document with an unusual delimiter stands before it');
    return true;
  }
  scanner.at += word.length;
  pending.push({ delimiter: word.replace(/['"\\]/g, ''), quoted: /['"\\]/.test(word), dash });
  return true;
}

/** Reads the texts of here-documents, one after the other, from the beginning of a line. */
export function readHeredocs(scanner: Scanner, heredocs: readonly Heredoc[], splits: boolean): void {
  for (const heredoc of heredocs) readBody(scanner, heredoc, splits);
}

function readBody(scanner: Scanner, heredoc: Heredoc, splits: boolean): void {
  const end = endOf(scanner.text, scanner.at, heredoc);
  if (end === null) scanner.lose('a here-document is never closed');
  const stop = end?.bodyEnd ?? scanner.text.length;
  if (heredoc.quoted) {
    while (scanner.at < stop) if (!scanner.takeSpan(QUOTED)) scanner.at += 1;
  } else {
    // A line that is continued can hide the delimiter.
    if (scanner.text.slice(scanner.at, stop).includes('\\\n')) scanner.lose('a here-document with a continued line stands before it');
    const stack = [frame('heredoc', '', splits)];
    scanFrames(scanner, stack, stop);
    // Something that was opened in the text goes on past its end.
    if (stack.length !== 1 || scanner.at !== stop) scanner.lose('brackets in a here-document do not match up');
  }
  scanner.at = end?.after ?? scanner.text.length;
}

function endOf(text: string, from: number, { delimiter, dash }: Heredoc): { readonly bodyEnd: number; readonly after: number } | null {
  for (let start = from; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const stop = newline < 0 ? text.length : newline;
    const line = text.slice(start, stop);
    if ((dash ? line.replace(/^\t+/, '') : line) === delimiter) return { bodyEnd: start, after: Math.min(stop + 1, text.length) };
    start = stop + 1;
  }
  return null;
}
