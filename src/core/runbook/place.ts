import type { Token } from 'markdown-it';
import type { Reading, StepDraft } from './reading.ts';
import { endLineOf, lineOf, type Node } from './tree.ts';

/** Where in the document the walk is. */
export interface Place {
  /** Step around this place, or null. */
  readonly parent: StepDraft | null;
  /** Step to which a shell fence here belongs, or null: it is a step of its own. */
  readonly owner: StepDraft | null;
  /** Block quotes around this place that were opened up, outermost first. */
  readonly quotes: readonly Node[];
  /** Items that are steps because of where they stand: criteria of a task card, a stage's list. */
  readonly implicit: ReadonlySet<Node>;
}

/** The document itself. */
export const TOP: Place = { parent: null, owner: null, quotes: [], implicit: new Set() };

/** Shows a block as it stands, inside the block quotes that were opened up. */
export function addNode(reading: Reading, node: Node, place: Place): void {
  addTokens(reading, reading.tokens.slice(node.start, node.end), lineOf(node), endLineOf(node), place);
}

/** Shows tokens as content of the step around them, or of the section. */
export function addTokens(reading: Reading, tokens: readonly Token[], line: number, endLine: number, place: Place): void {
  const opening = place.quotes.map((quote) => quote.token);
  const closing = place.quotes.map((quote) => reading.tokens[quote.end - 1]).filter((token) => token !== undefined).reverse();
  reading.addContent(opening.length === 0 ? tokens : [...opening, ...tokens, ...closing], line, endLine, place.parent?.id ?? null);
}

/** Shows some items of a list that also holds steps; numbers stay what they were. */
export function addItems(reading: Reading, list: Node, first: Node, last: Node, start: number, place: Place): void {
  const closing = reading.tokens[list.end - 1];
  const opening = copyToken(list.token);
  if (list.type === 'ordered_list') opening.attrs = [['start', String(start)]];
  const tokens = [opening, ...reading.tokens.slice(first.start, last.end), ...(closing === undefined ? [] : [closing])];
  addTokens(reading, tokens, lineOf(first), endLineOf(last), place);
}

/** A token that can be changed without touching the document's own. */
export function copyToken(token: Token): Token {
  return Object.assign(Object.create(Object.getPrototypeOf(token) as object) as Token, token);
}
