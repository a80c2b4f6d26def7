/** A piece of an annotation; `start` and `end` are offsets in its text, braces included. */
export type AnnotationToken =
  | { readonly kind: 'id'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'class'; readonly name: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'attribute';
      readonly name: string;
      /** What it says without its quotes; true for one that stands alone. */
      readonly value: string | true;
      readonly start: number;
      readonly end: number;
      /** Offsets of the value as it is written, quotes included; null for none. */
      readonly written: { readonly start: number; readonly end: number } | null;
    }
  | { readonly kind: 'stray'; readonly text: string; readonly start: number; readonly end: number };

const ITEM = /#([^\s#{}"'=]+)|\.([\w-]+)|([A-Za-z][\w.-]*)(?:\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*'|\/(?:[^/\\]|\\.)*\/|[^\s"'{}]+))?|(\S)/g;

/**
 * Takes apart `{#id key=value flag}`; Pandoc's and kramdown's braces (`{:`) are the same.
 * @param text the annotation with its braces; the closing one may be missing
 */
export function annotationTokens(text: string): readonly AnnotationToken[] {
  const offset = /^\{:?/.exec(text)?.[0].length ?? 0;
  const inside = text.slice(offset).replace(/\}$/, '');
  return Array.from(inside.matchAll(ITEM), (match): AnnotationToken => {
    const [whole, hash, cssClass, name, raw, stray] = match;
    const start = offset + match.index;
    const end = start + whole.length;
    if (hash !== undefined) return { kind: 'id', name: hash, start, end };
    if (cssClass !== undefined) return { kind: 'class', name: cssClass, start, end };
    if (name !== undefined) return { kind: 'attribute', name, value: raw === undefined ? true : unquoted(raw), start, end, written: raw === undefined ? null : { start: end - raw.length, end } };
    return { kind: 'stray', text: stray ?? whole, start, end };
  });
}

function unquoted(raw: string): string {
  if (raw.startsWith('"')) return raw.slice(1, -1).replace(/\\(.)/g, '$1');
  if (raw.startsWith("'")) return raw.slice(1, -1);
  return raw;
}
