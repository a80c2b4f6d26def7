/**
 * Maps, sets and lists that only one fold holds: nobody has seen them yet, so
 * they may grow in place. Copying them for every event would make long runs
 * cost their square.
 */
const growing = new WeakSet<object>();

/** An empty map that grows in place until it is settled. */
export function growingMap<Key, Value>(): ReadonlyMap<Key, Value> {
  return grows(new Map<Key, Value>());
}

/** The same for a set. */
export function growingSet<Value>(): ReadonlySet<Value> {
  return grows(new Set<Value>());
}

/** It will not change any more, and neither will the lists that were grown beside it: whoever has it may keep it. */
export function settle(held: object): void {
  growing.delete(held);
}

/** Other entries in the place of those of a map: growing if that was. */
export function withEntries<Key, Value>(map: ReadonlyMap<Key, Value>, entries: Iterable<readonly [Key, Value]>): ReadonlyMap<Key, Value> {
  const other = new Map(entries);
  return growing.has(map) ? grows(other) : other;
}

/** The map with one entry more, or another one. A new map, unless a fold holds this one alone. */
export function withEntry<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> {
  if (!growing.has(map)) return new Map(map).set(key, value);
  (map as Map<Key, Value>).set(key, value);
  return map;
}

/** The set with one value more. A new set, unless a fold holds this one alone. */
export function withValue<Value>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> {
  if (!growing.has(set)) return new Set(set).add(value);
  (set as Set<Value>).add(value);
  return set;
}

/** The set without a value. The same set when it does not have it; else a new one, unless a fold holds this one alone. */
export function withoutValue<Value>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> {
  if (!set.has(value)) return set;
  const left = growing.has(set) ? (set as Set<Value>) : new Set(set);
  left.delete(value);
  return left;
}

/**
 * The list with one item more. A new list, unless a fold holds it alone: that
 * is so as long as `beside`, a map of the same state, grows. The list has to
 * be made by that fold, not be a part of an event or a constant.
 */
export function withItem<Item>(beside: object, list: readonly Item[], item: Item): readonly Item[] {
  if (!growing.has(beside)) return [...list, item];
  (list as Item[]).push(item);
  return list;
}

/** The list with another item at a place that it has, under the same condition as `withItem`. */
export function withItemAt<Item>(beside: object, list: readonly Item[], place: number, item: Item): readonly Item[] {
  if (!growing.has(beside)) return list.with(place, item);
  (list as Item[])[place] = item;
  return list;
}

/** A map in a record with one entry more, or another one, under the same condition as `withItem`. */
export function withEntryBeside<Key, Value>(beside: object, map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> {
  if (!growing.has(beside)) return new Map(map).set(key, value);
  (map as Map<Key, Value>).set(key, value);
  return map;
}

function grows<T extends object>(held: T): T {
  growing.add(held);
  return held;
}
