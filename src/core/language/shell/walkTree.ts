import { Memo } from '../../view/memo.ts';
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

const byType = new Memo<SyntaxNode, ReadonlyMap<string, readonly SyntaxNode[]>>();

/** The nodes of some types below one, itself included, by type and in order. They are looked for once. */
export function nodesOf(root: SyntaxNode, ...types: readonly string[]): readonly SyntaxNode[] {
  const found = byType.get(root, [], () => {
    const nodes = new Map<string, SyntaxNode[]>();
    walkTree(root, (node) => {
      const same = nodes.get(node.type);
      if (same === undefined) nodes.set(node.type, [node]);
      else same.push(node);
    });
    return nodes;
  });
  return types.flatMap((type) => found.get(type) ?? []);
}
