import { bashWord } from './bashWord.ts';
import { DESTRUCTIVE, MADE_ANEW, SQL_DESTROYS, SQL_PROGRAM } from './destructiveCommands.ts';
import { wordsOf, type ShellCall, type ShellWord } from './shellCall.ts';
import { nodesOf } from './walkTree.ts';

/** What a call destroys, in words that go on from “This ”, or null. */
export function destroys(call: ShellCall, text: string): string | null {
  if (SQL_PROGRAM.test(call.name) && SQL_DESTROYS.test(statementsOf(call, text))) return 'destroys data';
  if (call.name === 'rm' && call.args.filter(isPath).every((path) => MADE_ANEW.test(path.literal ?? path.source) || isTemporary(path, text))) return null;
  const words = wordsOf(call).slice(call.name.length);
  return DESTRUCTIVE.find(({ program, words: wanted, unless }) => program.test(call.name) && wanted?.test(words) !== false && unless?.test(words) !== true)?.does ?? null;
}

/** What `rm` is told to remove; null for what is only known when it runs. */
export function removedPaths({ args }: ShellCall): readonly (string | null)[] {
  return args.filter(isPath).map(({ literal }) => literal);
}

function isPath({ literal }: ShellWord): boolean {
  return literal?.startsWith('-') !== true;
}

/** A variable that `mktemp` filled in the same block. */
function isTemporary({ source }: ShellWord, text: string): boolean {
  const name = /^"?\$\{?(\w+)/.exec(source)?.[1];
  return name !== undefined && new RegExp(`\\b${name}="?\\$\\(\\s*mktemp\\b`).test(text);
}

/** The statements that a call is given: as words, or as a here-document. */
function statementsOf(call: ShellCall, text: string): string {
  const given = call.args.map(({ source }) => source).join(' ');
  const redirected = call.parents.at(-1);
  const statements = redirected?.type !== 'redirected_statement' ? [] : nodesOf(redirected, 'heredoc_body').map(({ start, end }) => text.slice(start, end));
  const strings = nodesOf(call.node, 'herestring_redirect').map((node) => bashWord(node, text).source);
  return [given, ...statements, ...strings].join('\n').replace(/--.*$/gm, '');
}
