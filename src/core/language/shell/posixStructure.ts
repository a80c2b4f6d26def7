import { PosixReader } from './posixReader.ts';
import { Openings } from './posixOpenings.ts';
import { StopReading, type StructureProblem } from './structure.ts';

/**
 * The first place where quotes, brackets or keywords of a text for sh or bash
 * do not match up. It is a second opinion on what a grammar calls an error: a
 * grammar does not know all of a shell, and what this cannot follow for certain
 * is no problem.
 */
export function posixProblem(text: string): StructureProblem | null {
  try {
    readCommands(new PosixReader(text), new Openings(text));
    return null;
  } catch (error) {
    if (error instanceof StopReading) return error.problem;
    throw error;
  }
}

function readCommands(reader: PosixReader, openings: Openings): void {
  for (reader.skipBlanks(); !reader.done; reader.skipBlanks()) readToken(reader, openings);
  reader.endText();
  openings.endText();
}

/** What stands in a `$(…)` or `<(…)` inside a word: commands of their own, up to the bracket. It begins at `start`. */
function readNested(reader: PosixReader, start: number): void {
  const inner = new Openings(reader.text);
  inner.open('(', start + 1);
  const outer = reader.beginNested();
  for (reader.skipBlanks(); !inner.empty; reader.skipBlanks()) {
    if (reader.done) inner.endText();
    readToken(reader, inner);
    // Behind its bracket the word goes on, and a blank there counts.
    if (inner.empty) break;
  }
  reader.endNested(outer);
}

function readToken(reader: PosixReader, openings: Openings): void {
  const { char, at } = reader;
  if (char === '\n') {
    reader.endLine();
    openings.endLine();
  } else if (char === '#') reader.skipComment();
  else if (openings.inPattern) readPattern(reader, openings);
  else if (char === '(') openParenthesis(reader, openings);
  else if (char === ')') {
    reader.at += 1;
    openings.close(')', at);
  } else if (/[;&|]/.test(char)) readOperator(reader, openings);
  else if (/[<>]/.test(char)) readRedirection(reader, openings);
  else readWord(reader, openings);
}

/** A pattern of a `case`, up to its bracket. */
function readPattern(reader: PosixReader, openings: Openings): void {
  const start = reader.at;
  if (reader.char === '(') reader.at += 1;
  else if (reader.char === '|') reader.at += 1;
  else if (reader.char === ')') {
    reader.at += 1;
    openings.endPattern();
  } else {
    const word = reader.word((at) => readNested(reader, at));
    if (word === 'esac') openings.keywordInPattern(start);
    else if (word === '') throw new StopReading(null);
  }
}

function openParenthesis(reader: PosixReader, openings: Openings): void {
  const start = reader.at;
  const ofFunction = /^\([ \t]*\)/.exec(reader.rest(40));
  if (ofFunction !== null && !openings.atCommand) {
    reader.at += ofFunction[0].length;
    openings.beginBody();
  } else if (reader.startsWith('((') && (openings.atCommand || openings.inForHeader)) {
    reader.at += 2;
    reader.skipArithmetic(start);
    openings.arithmetic();
  } else if (openings.atCommand) {
    reader.at += 1;
    openings.open('(', start);
  } else throw new StopReading({ start, end: start + 1, message: 'A bracket cannot stand here: put quotes around the word that it belongs to, or a backslash in front of it.' });
}

function readOperator(reader: PosixReader, openings: Openings): void {
  const start = reader.at;
  const operator = /^(?:;;&|;;|;&|&&|\|\||\|&|&>>|&>|[;&|])/.exec(reader.rest(3))?.[0] ?? '';
  if (operator.startsWith('&>')) {
    reader.redirection((at) => readNested(reader, at));
    openings.word();
    return;
  }
  reader.at += operator.length;
  openings.operator(operator, start);
}

function readRedirection(reader: PosixReader, openings: Openings): void {
  if (/^[<>]\(/.test(reader.rest(2))) {
    const start = reader.at;
    reader.at += 2;
    reader.inside(() => readNested(reader, start));
  } else reader.redirection((at) => readNested(reader, at));
  openings.word();
}

function readWord(reader: PosixReader, openings: Openings): void {
  const start = reader.at;
  if (openings.atCommand && /^\[\[\s/.test(reader.rest(3))) {
    reader.skipTest((at) => readNested(reader, at));
    openings.compound();
    return;
  }
  const word = reader.word((at) => readNested(reader, at));
  if (word === '') throw new StopReading(null);
  if (reader.char === '(' && word.endsWith('=')) reader.skipArray((at) => readNested(reader, at));
  openings.take(word, start);
}
