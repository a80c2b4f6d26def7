/**
 * Maps that only one fold holds: nobody has seen them yet, so they may grow in
 * place. Copying them for every event would make long runs cost their square.
 */
const growing = new WeakSet<ReadonlyMap<unknown, unknown>>();

/** An empty map that grows in place until it is settled. */
export function growingMap<Key, Value>(): ReadonlyMap<Key, Value> {
  const map = new Map<Key, Value>();
  growing.add(map);
  return map;
}

/** The map will not change any more: whoever has it may keep it. */
export function settle(map: ReadonlyMap<unknown, unknown>): void {
  growing.delete(map);
}

/** Other entries in the place of those of a map: growing if that was. */
export function withEntries<Key, Value>(map: ReadonlyMap<Key, Value>, entries: Iterable<readonly [Key, Value]>): ReadonlyMap<Key, Value> {
  const other = new Map(entries);
  if (growing.has(map)) growing.add(other);
  return other;
}

/** The map with one entry more, or another one. A new map, unless a fold holds this one alone. */
export function withEntry<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> {
  if (!growing.has(map)) return new Map(map).set(key, value);
  (map as Map<Key, Value>).set(key, value);
  return map;
}
