import type { Token } from 'markdown-it';
import { inlineChildren } from './markdown.ts';
import type { Field } from './model.ts';

const QUICK = /\bTBD\b|\[[A-Z]|_{3,}/;
const FIELD = /\bTBD\b|\[([A-Z][A-Za-z][A-Za-z ]*)\]|_{3,}/g;

/**
 * Finds what prose leaves to be filled in: `TBD`, `[Name]`, `____`.
 * Links and code are passed over.
 * @param tokens all tokens of the document
 */
export function proseFields(tokens: readonly Token[]): readonly Field[] {
  const fields: Field[] = [];
  for (const token of tokens) {
    if (token.type !== 'inline' || !QUICK.test(token.content)) continue;
    const first = (token.map?.[0] ?? 0) + 1;
    textLines(token).forEach((text, index) => {
      for (const match of text.matchAll(FIELD)) {
        const name = match[1] ?? labelBefore(text.slice(0, match.index)) ?? match[0];
        fields.push({ name, where: 'prose', line: first + index });
      }
    });
  }
  return fields;
}

/** The inline's plain text by source line, without links and code. */
function textLines(inline: Token): readonly string[] {
  const lines = [''];
  let links = 0;
  for (const child of inlineChildren(inline)) {
    if (child.type === 'link_open') links++;
    else if (child.type === 'link_close') links--;
    else if (child.type === 'softbreak' || child.type === 'hardbreak') lines.push('');
    else if (child.type === 'text' && links === 0) lines[lines.length - 1] += child.content;
  }
  return lines;
}

/** `Rollout Date` of `Rollout Date: TBD`. */
function labelBefore(text: string): string | null {
  return /([^:|,;–—]{2,60}?)\s*:\s*$/.exec(text)?.[1]?.trim() ?? null;
}
