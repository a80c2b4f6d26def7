import { boldKey, plainText, wholeBold } from './inlineText.ts';
import type { Reading } from './reading.ts';
import { statedTime } from './time.ts';
import type { Node } from './tree.ts';
import { CARD_DURATION, NOT_UNDONE } from './vocabulary.ts';

/** Keeps what later blocks want to know of a paragraph: a label, a duration, what a rollback leaves. */
export function noteParagraph(reading: Reading, node: Node): void {
  const source = node.inline?.content ?? '';
  const bold = wholeBold(source);
  const lastLine = source.slice(source.lastIndexOf('\n') + 1).trim();
  if (bold !== null) reading.label = { text: plainText(node.inline).replace(/:$/, ''), markdown: bold };
  else if (/[:*_]\s*$/.test(source.slice(-3)) && /:\s*(?:\*\*|__)?$/.test(source)) reading.label = { text: plainLabel(lastLine), markdown: lastLine.replace(/:\s*$/, '') };
  const open = reading.open;
  if (open === null) return;
  if (open.section.budgetSeconds === null && source.startsWith('**')) {
    const entry = boldKey(source.split('\n')[0] ?? '');
    const time = entry !== null && CARD_DURATION.test(entry.key) ? statedTime(entry.value) : null;
    if (time !== null) {
      open.section.budgetSeconds = time.seconds;
      open.section.budgetWords = time.words;
    }
  }
  if (open.inRollback && NOT_UNDONE.test(source)) {
    const section = reading.levelSection();
    if (section !== null && section !== reading.rollbackRoot()) reading.placeOf(section).notes.push(source);
  }
}

function plainLabel(line: string): string {
  return line.replace(/[*_`]+/g, '').replace(/:\s*$/, '').trim();
}
