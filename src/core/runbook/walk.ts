import { parseAttributes, splitAnnotation, type Attributes } from './attributes.ts';
import { parseFenceInfo } from './fences.ts';
import { boldKey, escapeMarkdown, plainText } from './inlineText.ts';
import { noteParagraph } from './notes.ts';
import { TOP, addItems, addNode, addTokens, copyToken, type Place } from './place.ts';
import { readFence } from './readFence.ts';
import { isStageLabel, readHeading, readLabelSection } from './readHeading.ts';
import type { Reading } from './reading.ts';
import { readTriggers } from './readTriggers.ts';
import { gateChoice, kindOf, stepReason } from './stepReason.ts';
import { endLineOf, isCommandFence, lineOf, type Node } from './tree.ts';
import { isUndoInfo } from './undo.ts';
import { TASK_MARK } from './vocabulary.ts';

/** Reads the document's blocks in order. */
export function walkDocument(reading: Reading, root: readonly Node[]): void {
  root.forEach((node, index) => {
    if (node.type === 'heading') readHeading(reading, node, root.slice(index + 1, index + 40));
    else walkTop(reading, node, root[index - 1]);
  });
}

function walkTop(reading: Reading, node: Node, before: Node | undefined): void {
  if (node.type === 'paragraph' && readLabelSection(reading, node)) return;
  const card = reading.open?.card ?? null;
  const isStageList = node.type.endsWith('_list') && (reading.open?.byLabel ?? false) && reading.role === 'phase' && before !== undefined && isStageLabel(before);
  const implicit = isStageList ? new Set(node.children) : (card?.criteria ?? TOP.implicit);
  walkBlock(reading, node, { ...TOP, parent: card?.step ?? null, implicit });
}

/** Reads one block and what stands in it. */
function walkBlock(reading: Reading, node: Node, place: Place): void {
  switch (node.type) {
    case 'fence':
      readFence(reading, node, place);
      return;
    case 'bullet_list':
    case 'ordered_list':
      readList(reading, node, place);
      return;
    case 'blockquote':
      if (node.holdsStep) {
        for (const child of node.children) walkBlock(reading, child, { ...place, quotes: [...place.quotes, node] });
        return;
      }
      break;
    case 'paragraph':
    case 'heading':
      noteParagraph(reading, node);
      break;
  }
  addNode(reading, node, place);
}

function readList(reading: Reading, list: Node, place: Place): void {
  const own = reading.role;
  if (own === 'triggers') readTriggers(reading, list);
  const isStep = (item: Node): boolean => item.holdsStep || stepReason(reading, item, list, place) !== null;
  if (!list.holdsStep && !list.children.some(isStep)) {
    for (const item of list.children) {
      const first = item.children[0];
      if (first?.type === 'paragraph') noteParagraph(reading, first);
    }
    addNode(reading, list, place);
    return;
  }
  const start = Number(list.token.attrGet('start') ?? 1);
  let plain: Node[] = [];
  let plainStart = start;
  const flush = (): void => {
    const [first] = plain;
    const last = plain[plain.length - 1];
    if (first !== undefined && last !== undefined) addItems(reading, list, first, last, plainStart, place);
    plain = [];
  };
  list.children.forEach((item, index) => {
    if (!isStep(item)) {
      if (plain.length === 0) plainStart = start + index;
      plain.push(item);
      const first = item.children[0];
      if (first?.type === 'paragraph') noteParagraph(reading, first);
      return;
    }
    flush();
    readItem(reading, item, list, start + index, place);
  });
  flush();
}

/** Reads a list item that is a step or that has steps in it. */
function readItem(reading: Reading, item: Node, list: Node, ordinal: number, place: Place): void {
  const reason = stepReason(reading, item, list, place);
  const paragraph = item.children[0]?.type === 'paragraph' ? item.children[0] : null;
  if (reason === null) {
    readPlainItem(reading, item, paragraph, place);
    return;
  }
  const line = lineOf(item);
  const split = splitAnnotation(paragraph?.inline?.content ?? '');
  const attributes = withIdOfFence(item, reading.annotation(split.annotation, line, 'item'));
  const source = split.source.replace(TASK_MARK, '').trim();
  const title = plainText(paragraph?.inline ?? null);
  const choice = reading.role === 'gate' ? gateChoice(item) : null;
  const words = title !== '' ? title : (reading.label?.text ?? reading.open?.section.title ?? '');
  const step = reading.addStep({
    kind: kindOf(reading, choice),
    title: words.replace(/:$/, ''),
    titleMarkdown: source !== '' ? source.replace(/:$/, '') : escapeMarkdown(words),
    line,
    endLine: endLineOf(item),
    parent: place.parent,
    attributes,
  });
  step.tickedInSource = /^\[[xX]\]/.test(paragraph?.inline?.content ?? '');
  step.decision = choice;
  step.ordinal = list.type === 'ordered_list' ? ordinal : null;
  if (step.kind === 'attestation') step.owner ??= boldKey(source)?.key ?? null;
  const inside: Place = { ...place, parent: step, owner: step };
  for (const child of paragraph === null ? item.children : item.children.slice(1)) walkBlock(reading, child, inside);
  if (step.commands.length > 0 && step.kind === 'manual') step.kind = 'command';
}

/** An id that stands on the item's first command fence names the step, too. */
function withIdOfFence(item: Node, attributes: Attributes): Attributes {
  if (attributes.id !== null) return attributes;
  const fence = item.children.find((child) => child.type === 'fence' && isCommandFence(child.token) && !isUndoInfo(child.token.info));
  const annotation = fence === undefined ? null : parseFenceInfo(fence.token.info).annotation;
  // What else it says, and what is odd about it, is read with the fence itself.
  return annotation === null ? attributes : { id: parseAttributes(annotation, 0).attributes.id, values: attributes.values };
}

/** An item that is no step but has steps in it: its own words stay where they are. */
function readPlainItem(reading: Reading, item: Node, paragraph: Node | null, place: Place): void {
  if (paragraph !== null) {
    noteParagraph(reading, paragraph);
    const words = plainText(paragraph.inline);
    reading.label = { text: words.replace(/:$/, ''), markdown: (paragraph.inline?.content ?? '').replace(/:\s*$/, '') };
    // A tight list hides its paragraphs; on its own the words need theirs back.
    const inline = paragraph.inline;
    const opening = copyToken(paragraph.token);
    const closing = reading.tokens[paragraph.end - 1];
    if (inline !== null && closing !== undefined) {
      const shown = copyToken(closing);
      opening.hidden = false;
      shown.hidden = false;
      addTokens(reading, [opening, inline, shown], lineOf(paragraph), Math.max(lineOf(paragraph), endLineOf(paragraph)), place);
    }
  }
  for (const child of paragraph === null ? item.children : item.children.slice(1)) walkBlock(reading, child, place);
}
