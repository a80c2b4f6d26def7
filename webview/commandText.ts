/** A piece of a command as it is drawn. */
export interface Segment {
  /** Exactly what stands in the command. */
  readonly text: string;
  /** Syntax scope for colour, or null. */
  readonly scope: string | null;
  readonly placeholder: boolean;
  /** Set when the character must not be drawn as itself: what to draw instead and what it is called. */
  readonly hidden: { readonly shown: string; readonly name: string } | null;
}

export interface Marks {
  readonly placeholders: readonly (readonly [number, number])[];
  readonly hidden: readonly { readonly offset: number; readonly codePoint: string; readonly name: string }[];
}

export interface Scope {
  readonly start: number;
  readonly end: number;
  readonly scope: string;
}

/**
 * Characters that are invisible, that move others about or that look like a
 * plain space, whether or not the host marked them: what is shown may never
 * differ from what runs. TAB and LF are drawn by the layout.
 */
const LYING =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u00a0\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu;

/** Cuts a command into pieces. The texts of all pieces joined are the command, always. */
export function segments(text: string, marks: Marks, scopes: readonly Scope[] = []): readonly Segment[] {
  const hidden = hiddenAt(text, marks);
  const cuts = new Set<number>([0, text.length]);
  for (const [start, end] of marks.placeholders) cuts.add(start).add(end);
  for (const { start, end } of scopes) cuts.add(start).add(end);
  for (const [offset, { length }] of hidden) cuts.add(offset).add(offset + length);
  const points = [...cuts].filter((point) => point >= 0 && point <= text.length).sort((a, b) => a - b);
  const result: Segment[] = [];
  let scopeIndex = 0;
  for (let index = 0; index + 1 < points.length; index += 1) {
    const start = points[index] ?? 0;
    const end = points[index + 1] ?? text.length;
    while (scopeIndex < scopes.length && (scopes[scopeIndex]?.end ?? 0) <= start) scopeIndex += 1;
    const scope = scopes[scopeIndex];
    result.push({
      text: text.slice(start, end),
      scope: scope && scope.start <= start ? scope.scope : null,
      placeholder: marks.placeholders.some(([from, to]) => from <= start && end <= to),
      hidden: hidden.get(start) ?? null,
    });
  }
  return result;
}

/** How many characters are drawn as their code points. */
export function countHidden(text: string, marks: Marks): number {
  return hiddenAt(text, marks).size;
}

interface Hidden {
  readonly shown: string;
  readonly name: string;
  readonly length: number;
}

function hiddenAt(text: string, marks: Marks): ReadonlyMap<number, Hidden> {
  const found = new Map<number, Hidden>();
  for (const match of text.matchAll(LYING)) {
    if (match[0] === '\n' || match[0] === '\t') continue;
    found.set(match.index, { shown: `⟨${codePointName(match[0])}⟩`, name: 'hidden character', length: match[0].length });
  }
  for (const { offset, codePoint, name } of marks.hidden) {
    const character = text.codePointAt(offset);
    if (character === undefined) continue;
    found.set(offset, { shown: `⟨${codePoint}⟩`, name, length: String.fromCodePoint(character).length });
  }
  return found;
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Output with the characters that reorder text or act on a terminal drawn as their code points. */
export function harmless(output: string): string {
  return output.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => (character === '\r' ? '' : `⟨${codePointName(character)}⟩`));
}
