import type { Token } from 'markdown-it';
import { isRunnable } from './fenceKind.ts';
import { parseFenceInfo } from './fences.ts';
import { parseBlocks } from './markdown.ts';
import { isUndoInfo } from './undo.ts';
import { TASK_MARK } from './vocabulary.ts';

/** A block of Markdown with the blocks inside it. */
export interface Node {
  /** markdown-it's name without `_open`: `list_item`, `fence`, … */
  readonly type: string;
  readonly token: Token;
  /** Position in the token list, and just past its closing token. */
  readonly start: number;
  end: number;
  readonly children: Node[];
  /** The inline token of a paragraph or heading. */
  inline: Token | null;
  /** true when a task item or a non-empty shell fence stands in it. */
  holdsStep: boolean;
  /** For a list item: true when a shell fence belongs to it and to no item inside it. */
  ownsFence: boolean;
}

/** @returns the document's blocks and the tokens that they point into */
export function parseTree(text: string): { readonly root: readonly Node[]; readonly tokens: readonly Token[] } {
  const tokens = parseBlocks(text);
  const root: Node[] = [];
  const stack: Node[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) continue;
    const parent = stack[stack.length - 1];
    if (token.nesting === -1) {
      if (parent !== undefined) parent.end = i + 1;
      stack.pop();
    } else if (token.type === 'inline') {
      if (parent !== undefined) parent.inline = token;
      if (token.content.startsWith('[') && TASK_MARK.test(token.content) && isFirstInItem(stack)) markStep(stack);
    } else {
      const node: Node = { type: token.nesting === 1 ? token.type.slice(0, -'_open'.length) : token.type, token, start: i, end: i + 1, children: [], inline: null, holdsStep: false, ownsFence: false };
      (parent?.children ?? root).push(node);
      if (token.nesting === 1) stack.push(node);
      else if (token.type === 'fence' && isCommandFence(token)) {
        markStep(stack);
        // What takes a step back does not make one.
        if (!isUndoInfo(token.info)) markFenceOwner(stack);
        node.holdsStep = true;
      }
    }
  }
  return { root, tokens };
}

/** @returns true for a fence that holds something to run */
export function isCommandFence(token: Token): boolean {
  return token.content.trim() !== '' && isRunnable(parseFenceInfo(token.info));
}

/** @returns true when the node is a list item that begins with a task marker */
export function isTaskItem(item: Node): boolean {
  const first = item.children[0];
  return item.type === 'list_item' && first?.type === 'paragraph' && TASK_MARK.test(first.inline?.content ?? '');
}

/** The paragraph being read is the first block of a list item. */
function isFirstInItem(stack: readonly Node[]): boolean {
  const paragraph = stack[stack.length - 1];
  const item = stack[stack.length - 2];
  return paragraph?.type === 'paragraph' && item?.type === 'list_item' && item.children[0] === paragraph;
}

function markStep(stack: readonly Node[]): void {
  for (let i = stack.length - 1; i >= 0; i--) {
    const node = stack[i];
    if (node === undefined || node.holdsStep) return;
    node.holdsStep = true;
  }
}

/** A fence belongs to the nearest item around it that is a task or is numbered. */
function markFenceOwner(stack: readonly Node[]): void {
  for (let i = stack.length - 1; i >= 1; i--) {
    const item = stack[i];
    if (item?.type === 'list_item' && (stack[i - 1]?.type === 'ordered_list' || isTaskItem(item))) {
      item.ownsFence = true;
      return;
    }
  }
}

/** First line of a node, counted from 1. */
export function lineOf(node: Node): number {
  return (node.token.map?.[0] ?? 0) + 1;
}

/** Last line of a node, counted from 1. */
export function endLineOf(node: Node): number {
  return Math.max(lineOf(node), node.token.map?.[1] ?? 0);
}
