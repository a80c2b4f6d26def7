import type { Timeline } from './timeline.ts';

/**
 * The times in which nothing ran, longer than one hundredth of the whole (so
 * there are fewer than a hundred of them).
 *
 * @param busy from and to of each command, in milliseconds, in any order
 */
export function waitsIn(busy: readonly (readonly [number, number])[], totalMs: number): Timeline['waits'] {
  const waits: { fromMs: number; toMs: number }[] = [];
  let idleFrom = 0;
  const until = (toMs: number): void => {
    if (toMs - idleFrom > totalMs / 100) waits.push({ fromMs: idleFrom, toMs });
  };
  for (const [from, to] of [...busy].sort((a, b) => a[0] - b[0])) {
    until(from);
    idleFrom = Math.max(idleFrom, Math.min(to, totalMs));
  }
  until(totalMs);
  return waits;
}
