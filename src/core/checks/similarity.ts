/** Above this a common beginning makes two texts more alike, and this much of it counts. */
const BOOST_ABOVE = 0.7;
const LONGEST_PREFIX = 4;

/** Longest text that is compared, in UTF-16 units: the work grows with the product of both. */
export const LONGEST_SIMILAR = 10_000;

/** How alike two texts are by Jaro's measure: 0 (nothing in common) to 1 (equal). */
export function jaro(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  const range = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const fromA: number[] = [];
  const inB = new Uint8Array(b.length);
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i);
    const end = Math.min(b.length - 1, i + range);
    for (let j = Math.max(0, i - range); j <= end; j++) {
      if (inB[j] === 1 || b.charCodeAt(j) !== code) continue;
      inB[j] = 1;
      fromA.push(code);
      break;
    }
  }
  const matches = fromA.length;
  if (matches === 0) return 0;
  let unaligned = 0;
  for (let j = 0, k = 0; j < b.length; j++) if (inB[j] === 1 && b.charCodeAt(j) !== fromA[k++]) unaligned++;
  const transpositions = Math.floor(unaligned / 2);
  return (matches / a.length + matches / b.length + (matches - transpositions) / matches) / 3;
}

/** The same by Jaro and Winkler's measure, in which a common beginning counts for more. */
export function jaroWinkler(a: string, b: string): number {
  const alike = jaro(a, b);
  if (alike <= BOOST_ABOVE) return alike;
  let prefix = 0;
  while (prefix < LONGEST_PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return alike + 0.1 * prefix * (1 - alike);
}

/** JSON with the keys of every object in order and no white space, or null when it is none. */
export function orderedJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) : value,
    );
  } catch {
    return null;
  }
}
