import { isAlias, isMap, isScalar, isSeq, LineCounter, type Document, type Node } from 'yaml';
import { about } from '../about.ts';
import type { Diagnostic } from '../model.ts';

/** A key of a map, where it stands, and what it says. */
export interface Entry {
  readonly key: string;
  readonly value: Node | null;
  readonly line: number;
}

/** Reads the front matter's YAML with its lines, and keeps what is wrong with it. */
export class YamlReading {
  readonly diagnostics: Diagnostic[] = [];
  readonly #document: Document;
  readonly #lines: LineCounter;

  /** @param lines of the same parsing; the YAML begins on the document's second line */
  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** @param subject the key or value that it is about */
  error(message: string, line: number, subject?: string, suggestion: string | null = null): void {
    this.diagnostics.push({ severity: 'error', code: 'bad-value', message, line, ...about(subject, suggestion) });
  }

  report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  /** The entries of a map, in order; null when it is none. */
  entries(node: Node | null): readonly Entry[] | null {
    const map = this.#resolved(node);
    if (!isMap(map)) return null;
    return map.items.map((pair) => {
      const key = pair.key as Node | null;
      return { key: this.text(key) ?? '', value: pair.value as Node | null, line: this.lineOf(key) };
    });
  }

  /** The items of a list; null when it is none. */
  items(node: Node | null): readonly (Node | null)[] | null {
    const list = this.#resolved(node);
    return isSeq(list) ? list.items.map((item) => item as Node | null) : null;
  }

  /** A single value exactly as it is written (`1.10` stays `1.10`); null for nothing, for lists and for maps. */
  text(node: Node | null): string | null {
    const scalar = this.#resolved(node);
    if (!isScalar(scalar) || scalar.value === null) return null;
    return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
  }

  /** true or false; null for anything else. */
  flag(node: Node | null): boolean | null {
    const scalar = this.#resolved(node);
    return isScalar(scalar) && typeof scalar.value === 'boolean' ? scalar.value : null;
  }

  /** Nothing stands there. */
  isEmpty(node: Node | null): boolean {
    const scalar = this.#resolved(node);
    return scalar === null || (isScalar(scalar) && scalar.value === null);
  }

  /** Line in the document, from 1. */
  lineOf(node: Node | null): number {
    return 1 + (node?.range == null ? 1 : this.#lines.linePos(node.range[0]).line);
  }

  #resolved(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(this.#document) ?? null) : node;
  }
}
