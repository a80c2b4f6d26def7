/** A line of a difference: in both, only before, or only after. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Above so many pairs of lines everything between what is equal at both ends counts as replaced. */
const LARGEST = 4_000_000;

/** The shortest difference between two lists of lines (longest common subsequence). Removed lines stand before added ones. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const middle = replaced(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return [...signed(' ', before.slice(0, head)), ...middle, ...signed(' ', before.slice(before.length - tail))];
}

function replaced(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  if (old.length * now.length > LARGEST) return [...signed('-', old), ...signed('+', now)];
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1) common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]];
    const sign = left !== undefined && left === right ? ' ' : left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1)) ? '-' : '+';
    lines.push({ sign, text: (sign === '+' ? right : left) ?? '' });
    if (sign !== '+') i += 1;
    if (sign !== '-') j += 1;
  }
  return lines;
}

function signed(sign: DiffLine['sign'], lines: readonly string[]): readonly DiffLine[] {
  return lines.map((text) => ({ sign, text }));
}
