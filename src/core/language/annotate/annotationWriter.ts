import type { AnnotationSite } from '../annotationSites.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf, type TextEdit } from '../text.ts';
import type { Proposal, ProposalKind } from './proposal.ts';
import { ourAnnotation } from './runmeRewrite.ts';

/** What an annotation stands on; `line` counts from 1. */
export interface Owner {
  readonly on: 'fence' | 'heading' | 'item';
  readonly line: number;
}

interface Wish {
  readonly owner: Owner;
  readonly kind: ProposalKind;
  readonly words: string[];
  readonly reasons: string[];
}

/** Gathers what is to be written into annotations: one change for each, however many wishes there are for it. */
export class AnnotationWriter {
  readonly #source: RunbookSource;
  readonly #wishes = new Map<string, Wish>();

  constructor(source: RunbookSource) {
    this.#source = source;
  }

  /** @param words as they stand in an annotation: `#deploy`, `level=1`; ids come first */
  want(owner: Owner, kind: ProposalKind, words: readonly string[], reason: string): void {
    const key = `${owner.on} ${String(owner.line)}`;
    const wish = this.#wishes.get(key) ?? { owner, kind, words: [], reasons: [] };
    wish.words.push(...words);
    wish.reasons.push(reason);
    this.#wishes.set(key, wish);
  }

  siteOf({ on, line }: Owner): AnnotationSite | undefined {
    return this.#source.annotations.find((site) => site.on === on && site.ownerLine === line);
  }

  /** In document order; a wish whose place cannot be told for certain is left out. */
  get proposals(): readonly Proposal[] {
    const wishes = [...this.#wishes.values()].sort((a, b) => a.owner.line - b.owner.line);
    return wishes.flatMap(({ owner, kind, words, reasons }) => {
      const edit = this.#edit(owner, [...words].sort((a, b) => Number(b.startsWith('#')) - Number(a.startsWith('#'))));
      return edit === null ? [] : [{ kind, edit, reason: [...new Set(reasons)].join(' ') }];
    });
  }

  #edit(owner: Owner, words: readonly string[]): TextEdit | null {
    const site = this.siteOf(owner);
    if (site !== undefined) return { range: site.range, newText: withWords(ourAnnotation(site.text) ?? site.text, words) };
    const annotation = withWords('{}', words);
    if (this.#source.runbook.annotations.some(({ line, on }) => line === owner.line && on === owner.on)) return null;
    return owner.on === 'fence' ? this.#onFence(owner.line - 1, annotation) : this.#onWords(owner, annotation);
  }

  #onFence(line: number, annotation: string): TextEdit | null {
    const { lines, fences } = this.#source;
    const fence = fences.find((one) => one.line === line);
    const text = lines.lineText(line);
    if (fence === undefined || text.slice(fence.infoStart).trim() === '' || text.includes('{')) return null;
    const end = text.trimEnd().length;
    return { range: rangeOf(line, end, text.length), newText: ` ${annotation}` };
  }

  /** Behind the words of a heading, or of an item that has only one line of them. */
  #onWords({ on, line: ownerLine }: Owner, annotation: string): TextEdit | null {
    const { lines } = this.#source;
    const line = ownerLine - 1;
    const text = lines.lineText(line);
    const next = lines.lineText(line + 1);
    if (on === 'heading' && !/^ {0,3}#{1,6}[ \t]+\S/.test(text) && !/^ {0,3}(?:=+|-+)[ \t]*$/.test(next)) return null;
    if (on === 'item' && !/^\s*$|^\s*(?:[-*+]|\d+[.)]|```|~~~|#)/.test(next)) return null;
    // Closing marks of a heading have to stay at its end.
    const closing = on === 'heading' ? (/[ \t]+#+[ \t]*$/.exec(text)?.[0].length ?? 0) : 0;
    const end = text.slice(0, text.length - closing).trimEnd().length;
    return { range: rangeOf(line, end, closing === 0 ? text.length : end), newText: ` <!-- ${annotation} -->` };
  }
}

/** An annotation with more words in it; a language that stands in it stays first. */
function withWords(annotation: string, words: readonly string[]): string {
  if (words.length === 0) return annotation;
  const inside = annotation.replace(/^\{/, '').replace(/\}$/, '').trim();
  const first = words.filter((word) => word.startsWith('#'));
  const last = words.filter((word) => !word.startsWith('#'));
  const all = /^[.:]/.test(inside) ? [inside, ...words] : [...first, inside, ...last];
  return `{${all.filter((word) => word !== '').join(' ')}}`;
}
