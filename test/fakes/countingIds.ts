import type { IdSource } from '../../src/session/ports.ts';

/** Ids that can be read: `run-1`, `id-2`. One source for everything that shares a record. */
export class CountingIds implements IdSource {
  #count = 0;

  runId(): string {
    return `run-${String((this.#count += 1)).padStart(4, '0')}`;
  }

  id(): string {
    return `id-${String((this.#count += 1))}`;
  }

  /** Not a hash, but as different as its text (FNV-1a, twice). */
  sha256(text: string): string {
    const hash = (seed: number): string => {
      let value = seed;
      for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
      return value.toString(16).padStart(8, '0');
    };
    return (hash(0x811c9dc5) + hash(0x1234567)).repeat(4);
  }
}
