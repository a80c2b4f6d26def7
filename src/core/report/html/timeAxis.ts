import { limitWords } from '../../view/words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: readonly number[] = [1000, 5000, 15_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY];
/** More labels than this run into each other. */
const MOST = 8;

/** Round times on a scale of so many milliseconds, from 0, each with its words. */
export function timeTicks(totalMs: number): readonly { readonly atMs: number; readonly words: string }[] {
  const step = STEPS.find((each) => totalMs / each <= MOST) ?? totalMs / MOST;
  const ticks = [];
  for (let at = 0; at <= totalMs && ticks.length <= MOST; at += step) ticks.push({ atMs: at, words: at === 0 ? '0' : limitWords(at / 1000) });
  return ticks;
}
