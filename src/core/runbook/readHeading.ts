import { splitAnnotation } from './attributes.ts';
import { plainText, wholeBold } from './inlineText.ts';
import { levelWords } from './levels.ts';
import type { Reading } from './reading.ts';
import { gateChoice } from './stepReason.ts';
import { readTaskCard, type TaskCard } from './taskCards.ts';
import { endLineOf, lineOf, type Node } from './tree.ts';
import { PHASE } from './vocabulary.ts';

/** A heading begins a section; with a list of assignee, execution, … below it it is a task card. */
export function readHeading(reading: Reading, node: Node, following: readonly Node[]): void {
  const line = lineOf(node);
  const source = splitAnnotation(node.inline?.content ?? '');
  const attributes = reading.annotation(source.annotation, line, 'heading');
  const title = plainText(node.inline);
  const isTitle = reading.title === null && node.token.tag === 'h1';
  const open = reading.openSection(title, Number(node.token.tag.slice(1)), line, attributes, false);
  open.card = null;
  if (open.section.role === 'gate') readGateWithoutChoices(reading, open.section.line, following);
  const card = open.aside ? null : readTaskCard(title, following[0]);
  if (card === null || (isTitle && isOverview(card))) return;
  const list = following[0];
  if (list !== undefined) for (const item of list.children) if (item.children.some((child) => child.children.some((node) => card.criteria.includes(node)))) item.holdsStep = true;
  const step = reading.addStep({ kind: 'task', title, titleMarkdown: source.source, line, endLine: list === undefined ? line : endLineOf(list), parent: null, attributes, wantedId: card.name });
  // The card's section has the heading's annotation, too, and soaks for both.
  delete step.soak;
  step.owner = card.owner ?? step.owner;
  step.estimate = card.estimate ?? step.estimate;
  if (card.dependsOn.length > 0) reading.dependencies.push({ step, names: card.dependsOn });
  open.card = { step, criteria: new Set(card.criteria) };
}

/** Below the title an owner and a duration are the document's; only a name or criteria of its own make it a task. */
function isOverview({ name, criteria }: TaskCard): boolean {
  return name === null && criteria.length === 0;
}

/** A gate whose section lists no choices still has to be decided. */
function readGateWithoutChoices(reading: Reading, line: number, following: readonly Node[]): void {
  const end = following.findIndex((node) => node.type === 'heading');
  const body = end === -1 ? following : following.slice(0, end);
  if (body.some((node) => node.type.endsWith('_list') && node.children.some((item) => gateChoice(item) !== null))) return;
  for (const [title, decision] of [['Go', 'go'], ['No-Go', 'no-go']] as const) {
    const step = reading.addStep({ kind: 'gate', title, titleMarkdown: title, line, endLine: line, parent: null, attributes: { id: null, values: new Map() } });
    step.decision = decision;
  }
}

/** @returns true for a paragraph such as `**Stage 1: Build**` */
export function isStageLabel(node: Node): boolean {
  const words = wholeBold(node.inline?.content ?? '');
  return words !== null && PHASE.test(words);
}

/** A paragraph such as `**Stage 1: Build**`, or `**Level 1: …**` in a rollback section, begins a section of its own. */
export function readLabelSection(reading: Reading, node: Node): boolean {
  const source = node.inline?.content ?? '';
  if (!source.startsWith('**') && !source.startsWith('__')) return false;
  const words = wholeBold(source);
  if (words === null) return false;
  const isLevel = (reading.open?.inRollback ?? false) && levelWords(words).level !== null;
  if (!isLevel && !PHASE.test(words)) return false;
  let depth = (reading.open?.section.depth ?? 0) + (reading.open?.byLabel === true ? 0 : 1);
  depth = Math.min(depth, 7);
  reading.openSection(words, depth, lineOf(node), { id: null, values: new Map() }, true);
  return true;
}
