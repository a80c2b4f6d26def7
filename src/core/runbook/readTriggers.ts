import { plainText } from './inlineText.ts';
import type { Reading } from './reading.ts';
import { parseTrigger } from './triggers.ts';
import { lineOf, type Node } from './tree.ts';

/** Every item under a trigger heading is a trigger; one without a number keeps its words. */
export function readTriggers(reading: Reading, list: Node): void {
  for (const item of list.children) {
    const nested = item.children.filter((child) => child.type.endsWith('_list'));
    if (nested.length === 0) {
      const words = plainText(item.children[0]?.inline ?? null);
      if (words !== '') reading.triggers.push(parseTrigger(words, lineOf(item), severityOf(reading.label?.text ?? '')));
    }
  }
}

function severityOf(label: string): string | null {
  return /\b(critical|major|minor|warning|info)\b/i.exec(label)?.[1]?.toLowerCase() ?? null;
}
