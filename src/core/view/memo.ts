/**
 * Keeps a result for an object as long as everything it was made from is the
 * same. One result per object and purpose: a run of 1,000 steps costs what
 * changed, and what the document no longer holds is collected with it.
 */
export class Memo<K extends object, V> {
  readonly #kept = new WeakMap<K, { readonly from: readonly unknown[]; readonly value: V }>();

  /** The kept value when every part of `from` is identical to the last time, else what `make` returns. */
  get(key: K, from: readonly unknown[], make: () => V): V {
    const kept = this.#kept.get(key);
    if (kept !== undefined && sameParts(kept.from, from)) return kept.value;
    const value = make();
    this.#kept.set(key, { from, value });
    return value;
  }
}

function sameParts(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((part, index) => Object.is(part, after[index]));
}
