import { boldKey, plainText } from './inlineText.ts';
import type { StepKind } from './model.ts';
import type { Place } from './place.ts';
import type { Reading } from './reading.ts';
import { isTaskItem, type Node } from './tree.ts';
import { GO, NO_GO } from './vocabulary.ts';

/** Why a list item is a step; null: it is none itself (others may stand in it). */
export type StepReason = 'task' | 'fence' | 'choice' | 'attestation' | 'implied';

/** @returns why the item is a step, or null */
export function stepReason(reading: Reading, item: Node, list: Node, place: Place): StepReason | null {
  if (isTaskItem(item)) return 'task';
  if (item.ownsFence && list.type === 'ordered_list') return 'fence';
  if (place.implicit.has(item)) return 'implied';
  if (reading.role === 'gate' && place.parent === null && gateChoice(item) !== null) return 'choice';
  if (reading.role === 'signoff' && boldKey(item.children[0]?.inline?.content ?? '') !== null) return 'attestation';
  return null;
}

/** @returns which choice of a gate an item is, or null */
export function gateChoice(item: Node): 'go' | 'no-go' | null {
  const words = plainText(item.children[0]?.inline ?? null);
  return NO_GO.test(words) ? 'no-go' : GO.test(words) ? 'go' : null;
}

/** @returns what a person has to do at an item that is a step */
export function kindOf(reading: Reading, choice: 'go' | 'no-go' | null): StepKind {
  if (choice !== null) return 'gate';
  return reading.role === 'signoff' ? 'attestation' : 'manual';
}

