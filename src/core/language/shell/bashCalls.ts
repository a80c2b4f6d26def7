import { Memo } from '../../view/memo.ts';
import { bashWord } from './bashWord.ts';
import type { ShellCall } from './shellCall.ts';
import { bareName, startedThrough } from './startedThrough.ts';
import type { SyntaxNode } from './syntaxNode.ts';
import { walkTree } from './walkTree.ts';

/** Children of a command that are none of its words. */
const NO_WORDS: ReadonlySet<string> = new Set(['variable_assignment', 'command_name', 'file_redirect', 'herestring_redirect', 'heredoc_redirect', '<<<', 'comment']);

const known = new Memo<SyntaxNode, readonly ShellCall[]>();

/** Every call of a program in a text for sh or bash, in order. */
export function bashCalls(tree: SyntaxNode, text: string): readonly ShellCall[] {
  return known.get(tree, [], () => readCalls(tree, text));
}

function readCalls(tree: SyntaxNode, text: string): readonly ShellCall[] {
  const calls: ShellCall[] = [];
  walkTree(tree, (node, parents) => {
    if (node.type !== 'command') return;
    const named = node.children.find(({ type }) => type === 'command_name');
    const word = named?.children[0];
    if (named === undefined || word === undefined) return;
    const { literal } = bashWord(word, text);
    if (literal === null) return;
    const args = node.children.filter(({ type }) => !NO_WORDS.has(type)).map((child) => bashWord(child, text));
    calls.push({ ...startedThrough(bareName(literal), args), start: named.start, end: node.end, node, parents: [...parents] });
  });
  return calls;
}
