import type { SyntaxNode } from './syntaxNode.ts';

/**
 * Goes through a tree in the order of the text, outer nodes before inner ones.
 * @param enter gets each node with those that it stands in, the outermost first
 */
export function walkTree(root: SyntaxNode, enter: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void): void {
  const parents: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    enter(node, parents);
    parents.push(node);
    node.children.forEach(visit);
    parents.pop();
  };
  visit(root);
}

/** The nodes of some types below one, itself included, in order. */
export function nodesOf(root: SyntaxNode, ...types: readonly string[]): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walkTree(root, (node) => {
    if (types.includes(node.type)) found.push(node);
  });
  return found;
}
