import type { ShellCall, ShellWord } from './shellCall.ts';
import type { SyntaxNode } from './syntaxNode.ts';
import { nodesOf, walkTree } from './walkTree.ts';

/** Children of a command's words that are none themselves. */
const NO_WORDS: ReadonlySet<string> = new Set(['command_argument_sep', 'redirection', 'comment']);

/** Every call of a command in a text for PowerShell, in order. */
export function pwshCalls(tree: SyntaxNode, text: string): readonly ShellCall[] {
  const calls: ShellCall[] = [];
  walkTree(tree, (node, parents) => {
    if (node.type !== 'command') return;
    const named = node.children.find(({ type }) => type === 'command_name');
    if (named === undefined) return;
    const words = node.children.find(({ type }) => type === 'command_elements')?.children ?? [];
    const args = words.filter(({ type }) => !NO_WORDS.has(type)).map((child) => pwshWord(child, text));
    calls.push({ name: text.slice(named.start, named.end).toLowerCase(), args, through: [], start: named.start, end: node.end, node, parents: [...parents] });
  });
  return calls;
}

/** A word of a text for PowerShell. */
export function pwshWord(node: SyntaxNode, text: string): ShellWord {
  const source = text.slice(node.start, node.end);
  return { node, start: node.start, end: node.end, source, literal: literalOf(node, source) };
}

function literalOf(node: SyntaxNode, source: string): string | null {
  if (nodesOf(node, 'variable', 'sub_expression', 'parenthesized_expression', 'hash_literal_expression', 'script_block_expression', 'ERROR').length > 0) return null;
  return /^'.*'$/s.test(source) || /^".*"$/s.test(source) ? source.slice(1, -1) : source;
}
