import type { RunbookSource } from './source.ts';

/** Works something out once for each source: the same is asked for by several providers and at every move of the cursor. */
export function perSource<T>(work: (source: RunbookSource) => T): (source: RunbookSource) => T {
  const known = new WeakMap<RunbookSource, { readonly value: T }>();
  return (source) => {
    let found = known.get(source);
    if (found === undefined) known.set(source, (found = { value: work(source) }));
    return found.value;
  };
}
