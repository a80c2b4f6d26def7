import type { Token } from 'markdown-it';
import { inlineChildren } from './markdown.ts';
import { namedDirections } from '../view/directions.ts';
import { TASK_MARK } from './vocabulary.ts';

/** Characters with which Markdown's inline marks begin. */
const MARKS = /[\\`*_~[\]<&!]/;

/**
 * Nothing but words, `**bold**` and code that begin and end with a letter or
 * digit: whatever stands around them, CommonMark reads those as marks.
 */
const SIMPLE = /^(?:[^\\`*_~[\]<&!]|[<&] |<(?=\d)|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|\*\*[A-Za-z0-9](?:[^\\`*_~[\]<&!\n]*[A-Za-z0-9])?\*\*|`[A-Za-z0-9](?:[^\\`*<&!\n]*[A-Za-z0-9])?`)*$/;

/**
 * @returns the plain words of an inline token: no marks, no comments, no task
 *   marker, line breaks as spaces
 */
export function plainText(inline: Token | null): string {
  if (inline === null) return '';
  // Without any mark the source is its own text, and nothing has to be parsed.
  const source = inline.content.replace(TASK_MARK, '');
  if (!MARKS.test(source)) return oneLine(source);
  if (SIMPLE.test(source)) return oneLine(source.replace(/\*\*|`/g, ''));
  let text = '';
  for (const child of inlineChildren(inline)) {
    if (child.type === 'text' || child.type === 'code_inline') text += child.content;
    else if (child.type === 'softbreak' || child.type === 'hardbreak') text += ' ';
    else if (child.type === 'image') text += child.content;
    else if (child.type === 'text_special') text += child.content;
  }
  return oneLine(text.replace(TASK_MARK, ''));
}

function oneLine(text: string): string {
  return namedDirections(/\s\s|[\n\t]/.test(text) ? text.replace(/\s+/g, ' ').trim() : text.trim());
}

function isBoldStart(source: string): boolean {
  return source.startsWith('**') || source.startsWith('__');
}

/** `**Key**: value`: the key without a colon, and the rest of the line. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** @returns the key and value of words that begin with a bold key, else null */
export function boldKey(source: string): KeyValue | null {
  if (!isBoldStart(source)) return null;
  const match = /^(?:\*\*|__)([^*_]{1,80}?):?(?:\*\*|__)\s*:?\s*([^]*)$/.exec(source.trim());
  if (match === null) return null;
  const colon = /^(?:\*\*|__)[^*_]{1,80}?(?::(?:\*\*|__)|(?:\*\*|__)\s*:)/.test(source.trim());
  return colon ? { key: (match[1] ?? '').trim(), value: (match[2] ?? '').trim() } : null;
}

/** @returns the words of a paragraph that is bold from end to end (a colon may follow), else null */
export function wholeBold(source: string): string | null {
  if (!isBoldStart(source)) return null;
  return /^(?:\*\*|__)([^*_]+?):?(?:\*\*|__)\s*:?\s*$/.exec(source.trim())?.[1]?.trim() ?? null;
}

/** Markdown marks taken off a short piece of source, for metadata values. */
export function withoutMarks(source: string): string {
  return source.replace(/(\*{1,3}|`+)([^*`]+)\1/g, '$2').replace(/(^|\s)_{1,3}([^_]+)_{1,3}(?=\s|$)/g, '$1$2').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').trim();
}

/** @returns words that render as themselves */
export function escapeMarkdown(words: string): string {
  return words.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');
}
