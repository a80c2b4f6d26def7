import type { ShellWord } from './shellCall.ts';
import type { SyntaxNode } from './syntaxNode.ts';

/** What is only known when it runs. */
const UNKNOWN: ReadonlySet<string> = new Set(['simple_expansion', 'expansion', 'command_substitution', 'process_substitution', 'arithmetic_expansion', 'brace_expression', 'ansi_c_string', 'translated_string', 'extglob_pattern', 'array', 'ERROR']);

/** A word of a text for sh or bash. */
export function bashWord(node: SyntaxNode, text: string): ShellWord {
  return { node, start: node.start, end: node.end, source: text.slice(node.start, node.end), literal: literalOf(node, text) };
}

/** What a word comes to without quotes and backslashes, or null when it holds an expansion. */
export function literalOf(node: SyntaxNode, text: string): string | null {
  const source = text.slice(node.start, node.end);
  if (UNKNOWN.has(node.type)) return null;
  if (node.type === 'raw_string') return source.slice(1, -1);
  if (node.type === 'string') return node.children.some(({ type }) => UNKNOWN.has(type)) ? null : source.slice(1, -1).replace(/\\\n/g, '').replace(/\\(["\\$`])/g, '$1');
  if (node.type !== 'concatenation') return node.children.some(({ type }) => UNKNOWN.has(type)) ? null : source.replace(/\\\n/g, '').replace(/\\(.)/g, '$1');
  const parts = node.children.map((child) => literalOf(child, text));
  return parts.includes(null) ? null : parts.join('');
}
