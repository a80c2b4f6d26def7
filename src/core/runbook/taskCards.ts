import type { StatedTime } from './model.ts';
import { boldKey, withoutMarks } from './inlineText.ts';
import { statedTime } from './time.ts';
import type { Node } from './tree.ts';
import { CARD_CRITERIA, CARD_DURATION, CARD_EXECUTION, CARD_OWNER } from './vocabulary.ts';

/** What a heading and the list below it say of a task. */
export interface TaskCard {
  /** Identifier at the start of the heading (`Task_3_2_02`), or null. */
  readonly name: string | null;
  readonly owner: string | null;
  readonly dependsOn: readonly string[];
  readonly estimate: StatedTime | null;
  /** Items of the acceptance criteria: the sub-steps. */
  readonly criteria: readonly Node[];
}

const IDENTIFIER = /\b[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*[_-]?\d[A-Za-z0-9_-]*\b/g;

/**
 * Reads a heading with a list of `**Assignee**`, `**Execution**`, … as a task.
 * @param title plain words of the heading
 * @param list the block right below it
 * @returns the card, or null when the list is an ordinary one
 */
export function readTaskCard(title: string, list: Node | undefined): TaskCard | null {
  if (list?.type !== 'bullet_list') return null;
  let owner: string | null = null;
  let execution: string | null = null;
  let estimate: StatedTime | null = null;
  let criteria: readonly Node[] = [];
  let named = 0;
  for (const item of list.children) {
    const entry = boldKey(item.children[0]?.inline?.content ?? '');
    if (entry === null) continue;
    if (CARD_OWNER.test(entry.key)) owner = withoutMarks(entry.value);
    else if (CARD_EXECUTION.test(entry.key)) execution = entry.key.toLowerCase() === 'execution' ? entry.value : `depends on ${entry.value}`;
    else if (CARD_DURATION.test(entry.key)) estimate = statedTime(entry.value);
    else if (CARD_CRITERIA.test(entry.key)) criteria = item.children.filter((child) => child.type.endsWith('_list')).flatMap((child) => child.children);
    else continue;
    named++;
  }
  // An overview may well state a duration and dependencies; a task is somebody's or has an order.
  if (named < 2 || (owner === null && criteria.length === 0)) return null;
  return { name: /^([A-Za-z][\w-]*\d[\w-]*)\s*[:–—-]?\s/.exec(`${title} `)?.[1] ?? null, owner, dependsOn: dependencies(execution), estimate, criteria };
}

function dependencies(execution: string | null): readonly string[] {
  if (execution === null || !/\b(?:depends?\s+on|after|requires|blocked\s+by)\b/i.test(execution)) return [];
  return [...new Set(execution.match(IDENTIFIER) ?? [])];
}
