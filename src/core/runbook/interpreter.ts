import { UNSEEN } from './hiddenCharacters.ts';

/** A program's bare name, looked up on the PATH of the run. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}$/;
/** A path in the workspace, without going up. */
const PATH = /^(?:\.\/)?[A-Za-z0-9_.@+-]+(?:\/[A-Za-z0-9_.@+-]+)*$/;
/** A word, of bare and quoted parts. */
const WORD = /(?:[^\s"']|"[^"]*"|'[^']*')+/g;
const MOST_WORDS = 20;
const LONGEST = 500;

/**
 * Splits what `interpreter=` holds into a program and its arguments: at blanks,
 * with quotes around what holds some. No shell ever sees it.
 * @returns the words; a sentence about what is wrong when it cannot be used
 */
export function readInterpreter(value: string | true): readonly string[] | string {
  const wrong = 'The block is not run by it.';
  if (value === true || value.trim() === '') return `"interpreter" has to name a program, for example interpreter="python3 -u". ${wrong}`;
  if (value.length > LONGEST || UNSEEN.test(value)) return `"interpreter" is longer than ${String(LONGEST)} characters, or holds some that cannot be seen. ${wrong}`;
  const rest = value.replace(WORD, '').trim();
  const words = (value.match(WORD) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double: string | undefined, single: string | undefined) => double ?? single ?? ''));
  const program = words[0] ?? '';
  if (rest !== '' || words.length > MOST_WORDS) return `"interpreter" has a quote that is not closed, or more than ${String(MOST_WORDS)} words. ${wrong}`;
  if (program.startsWith('/')) return `"interpreter" names a program by its name (python3), which is looked up where the block runs, or by a path inside the workspace; “${program}” is neither. ${wrong}`;
  if (!NAME.test(program) && !isPath(program)) return `“${program}” cannot be the program of "interpreter": write a name such as python3, or a path inside the workspace such as ./bin/tool. ${wrong}`;
  return words;
}

/** Whether the program is a path in the workspace and no name that is looked up. */
export function isProgramPath(program: string): boolean {
  return program.includes('/');
}

function isPath(program: string): boolean {
  return isProgramPath(program) && PATH.test(program) && !program.split('/').includes('..');
}
