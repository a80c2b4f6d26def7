import MarkdownIt, { type Token } from 'markdown-it';
import { renderBlocks } from '../runbook/markdown.ts';

/** Titles: inline Markdown only; HTML in them is text. */
const inline = new MarkdownIt({ html: false, linkify: false });

/** HTML of one line of Markdown. Raw HTML in it is shown as text. */
export function renderInline(markdown: string): string {
  return inline.renderInline(markdown);
}

/** HTML of a short piece of Markdown, such as a note of a rollback level. Raw HTML in it is shown as text. */
export function renderBlock(markdown: string): string {
  return inline.render(markdown).trimEnd();
}

/** HTML of parsed content, not yet sanitised: raw HTML in it is left to the panel's sanitiser. */
export function renderTokens(tokens: readonly Token[]): string {
  return renderBlocks(tokens).trimEnd();
}
