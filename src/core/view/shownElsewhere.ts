import { boldKey, withoutMarks } from '../runbook/inlineText.ts';
import type { Block, Runbook } from '../runbook/model.ts';

type Content = Extract<Block, { kind: 'content' }>;

/**
 * Whether a piece of content is drawn in another place already: a label that
 * gave the step right after it its title, or the document's metadata.
 */
export function isShownElsewhere(block: Content, after: Block | undefined, { steps, metadata }: Runbook): boolean {
  const source = paragraphSource(block);
  const lines = source?.split('\n') ?? listLines(block);
  if (lines === null) return false;
  if (source !== null && after?.kind === 'step') {
    const step = steps.find(({ id }) => id === after.stepId);
    if (step !== undefined && plain(source) === plain(step.title)) return true;
  }
  // The same key may stand elsewhere with other words, which must not get lost.
  const entries = lines.map((line) => boldKey(line));
  return entries.every((entry) => entry !== null && Object.hasOwn(metadata, entry.key) && metadata[entry.key] === withoutMarks(entry.value));
}

/** The Markdown of content that is one paragraph and nothing else, or null. */
function paragraphSource({ tokens }: Content): string | null {
  const [open, inline, close] = tokens;
  return tokens.length === 3 && open?.type === 'paragraph_open' && close?.type === 'paragraph_close' ? (inline?.content ?? null) : null;
}

const LIST_PARTS: ReadonlySet<string> = new Set(['bullet_list_open', 'list_item_open', 'paragraph_open', 'inline', 'paragraph_close', 'list_item_close', 'bullet_list_close']);

/** The items of content that is one flat list of paragraphs and nothing else, or null. */
function listLines({ tokens }: Content): readonly string[] | null {
  const lists = tokens.filter(({ type }) => type === 'bullet_list_open').length;
  if (lists !== 1 || tokens[0]?.type !== 'bullet_list_open' || !tokens.every(({ type }) => LIST_PARTS.has(type))) return null;
  return tokens.flatMap(({ type, content }) => (type === 'inline' ? [content] : []));
}

function plain(markdown: string): string {
  return markdown.replace(/[*_`]/g, '').replace(/\s*:\s*$/, '').replace(/\s+/g, ' ').trim();
}
