const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps of a time axis that people read easily. */
const STEPS: readonly number[] = [
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY,
];

/** At most six marks of a time axis, evenly apart and from 0 on. Takes milliseconds. */
export function ticksOf(totalMs: number): readonly { readonly atMs: number; readonly label: string }[] {
  const step = STEPS.find((each) => totalMs / each <= 5) ?? Math.ceil(totalMs / 5 / (28 * DAY)) * 28 * DAY;
  return Array.from({ length: Math.floor(totalMs / step) + 1 }, (_, index) => ({ atMs: index * step, label: label(index * step) }));
}

function label(ms: number): string {
  if (ms === 0) return '0';
  if (ms % DAY === 0) return `${ms / DAY} d`;
  if (ms % HOUR === 0) return `${ms / HOUR} h`;
  return ms % MINUTE === 0 ? `${ms / MINUTE} min` : ms > MINUTE ? `${Math.floor(ms / MINUTE)} m ${(ms % MINUTE) / SECOND} s` : `${ms / SECOND} s`;
}
