import type { Tree, TreeCursor } from '@vscode/tree-sitter-wasm';
import type { SyntaxNode } from '../core/language/shell/syntaxNode.ts';

/** Levels below which nothing is read: deeper than anybody nests, and not so deep that reading could overflow. */
const DEEPEST = 1_000;

/** Levels of precedence of PowerShell: each expression has all of them, and most hold one thing. */
const PRECEDENCE = /^(?:logical|bitwise|comparison|additive|multiplicative|format|range|array_literal|unary)_(?:argument_)?expression$/;

/** A tree as plain data: nothing of it points into the parser's memory. */
export function copyTree(tree: Tree): SyntaxNode {
  const cursor = tree.walk();
  try {
    return copyNode(cursor, 0);
  } finally {
    cursor.delete();
  }
}

function copyNode(cursor: TreeCursor, depth: number): SyntaxNode {
  const children: SyntaxNode[] = [];
  if (depth < DEEPEST && cursor.gotoFirstChild()) {
    do children.push(copyNode(cursor, depth + 1));
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  const [only] = children;
  if (only !== undefined && children.length === 1 && PRECEDENCE.test(cursor.nodeType)) return only;
  const isError = cursor.nodeType === 'ERROR';
  const isMissing = cursor.nodeIsMissing;
  return { type: cursor.nodeType, start: cursor.startIndex, end: cursor.endIndex, isError, isMissing, hasError: isError || isMissing || children.some((child) => child.hasError), children };
}
