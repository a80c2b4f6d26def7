import MarkdownIt from 'markdown-it';
import { parseRunbook } from '../../src/core/runbook/parse.ts';

const markdown = new MarkdownIt();

/** Reads text as a runbook, and says how many steps it has. */
export function ours(text: string): number {
  return parseRunbook(text).steps.length;
}

/** What the same text costs in Markdown alone, with the same copy of the library. */
export function bare(text: string): number {
  return markdown.parse(text, {}).length;
}
