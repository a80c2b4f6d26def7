import MarkdownIt, { type Token } from 'markdown-it';

/**
 * Deeper nesting than this is not read, to keep the stack safe; markdown-it
 * would pass over it in silence, so the parser says so in a diagnostic.
 */
export const MAX_NESTING = 400;

/** HTML is kept (the panel sanitises it) so that annotations in comments can be read. */
function instance(): InstanceType<typeof MarkdownIt> {
  return new MarkdownIt({ html: true, linkify: false, typographer: false }).set({ maxNesting: MAX_NESTING });
}

/*
 * Most of a document's inline text is never looked at closely: a plain title is
 * its own text, and content is rendered only when it is shown. So blocks are
 * parsed at once and inline text when somebody asks, which halves the work of a
 * keystroke in a long runbook.
 */
const BLOCK_RULES = ['normalize', 'block'];
const blocks = instance();
const inlines = instance();
const names = ['normalize', 'block', 'inline', 'linkify', 'replacements', 'smartquotes', 'text_join'];
blocks.core.ruler.enableOnly(BLOCK_RULES);
inlines.core.ruler.enableOnly(names.filter((name) => !BLOCK_RULES.includes(name)));

/**
 * Link definitions of the document, left on each inline token until it has been
 * parsed. (A WeakMap beside the tokens costs more than the parsing does.)
 */
interface Waiting {
  readonly definitions: Record<string, unknown>;
}

/** @returns the document's blocks; their inline text is parsed by {@link inlineChildren} */
export function parseBlocks(text: string): Token[] {
  const waiting: Waiting = { definitions: {} };
  const tokens = blocks.parse(text, waiting.definitions);
  for (const token of tokens) if (token.type === 'inline') token.meta = waiting as unknown as Record<string, unknown>;
  return tokens;
}

/** @returns the parts of an inline token, parsed when they are asked for first */
export function inlineChildren(inline: Token): readonly Token[] {
  const waiting = inline.meta as unknown as Waiting | null;
  if (waiting !== null) {
    const state = new inlines.core.State('', inlines, waiting.definitions);
    state.tokens = [inline];
    inlines.core.process(state);
    inline.meta = null;
  }
  return inline.children ?? [];
}

/** @returns HTML of whole blocks, not sanitised */
export function renderBlocks(tokens: readonly Token[]): string {
  for (const token of tokens) if (token.type === 'inline') inlineChildren(token);
  return inlines.renderer.render([...tokens], inlines.options, {});
}
