/** A method of a built-in collection, as it is before it is counted. */
type Method = (this: unknown, ...given: unknown[]) => unknown;

/** These look at every element, or may. */
const WHOLE: readonly (readonly [object, readonly PropertyKey[]])[] = [
  [Array.prototype, ['slice', 'map', 'filter', 'flatMap', 'concat', 'with', 'splice', 'includes', 'indexOf', 'flat', Symbol.iterator]],
  [Map.prototype, [Symbol.iterator, 'keys', 'values', 'forEach']],
  [Set.prototype, [Symbol.iterator, 'forEach']],
];
/** These look until the callback has what it wants. */
const SEARCHING: readonly PropertyKey[] = ['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every'];
/** These cost the same however much there is. */
const SINGLE: readonly (readonly [object, readonly PropertyKey[]])[] = [
  [Array.prototype, ['push', 'at']],
  [Map.prototype, ['get', 'set', 'has']],
  [Set.prototype, ['add', 'has']],
];

/**
 * How many elements of lists, maps and sets a synchronous work looks at or
 * copies: a measure of its cost that no other load of the machine changes.
 * The built-in methods are counted while it runs and put back after it.
 */
export function countOperations(work: () => void): number {
  let count = 0;
  const before: (() => void)[] = [];
  const replace = (on: object, name: PropertyKey, counted: (method: Method) => Method): void => {
    const descriptor = Object.getOwnPropertyDescriptor(on, name);
    if (descriptor === undefined) return;
    before.push(() => Object.defineProperty(on, name, descriptor));
    Object.defineProperty(on, name, { ...descriptor, value: counted(descriptor.value as Method) });
  };
  const counting = (cost: (on: unknown) => number) => (method: Method): Method =>
    function (...given) {
      count += cost(this);
      return method.apply(this, given);
    };
  for (const [on, names] of WHOLE) for (const name of names) replace(on, name, counting(sizeOf));
  for (const [on, names] of SINGLE) for (const name of names) replace(on, name, counting(() => 1));
  for (const name of SEARCHING) {
    replace(Array.prototype, name, (method) =>
      function (...[wanted, ...others]) {
        const looked = function (this: unknown, ...given: unknown[]): unknown {
          count += 1;
          return (wanted as Method).apply(this, given);
        };
        return method.apply(this, [looked, ...others]);
      });
  }
  try {
    work();
  } finally {
    for (const restore of before) restore();
  }
  return count;
}

function sizeOf(on: unknown): number {
  const { length, size } = on as { readonly length?: number; readonly size?: number };
  return length ?? size ?? 0;
}
