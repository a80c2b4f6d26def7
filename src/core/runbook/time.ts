import type { StatedTime } from './model.ts';
import { TIME_UNITS } from './vocabulary.ts';

const UNIT = '(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)';
const NUMBER = '\\d+(?:\\.\\d+)?';
/** `< 5 minutes`, `24-48 hours`, `2 min`, `about 4 h`. */
const AMOUNT = new RegExp(`(${NUMBER})(?:\\s*(?:-|–|—|to)\\s*(${NUMBER}))?\\s*(${UNIT})(?![\\w%/])`, 'i');
/** `Days 1-3`, `Day 14`, `Week 2-3`: from the first to the last, both counted. */
const SPAN = /^(day|week)s?\s+(\d+)(?:\s*(?:-|–|—|to)\s*(\d+))?$/i;
const EXACT = new RegExp(`^(${NUMBER})\\s*(${UNIT})$`, 'i');

/** @returns seconds in one of `unit` (`min`, `hours`, …), or null when it is no unit of time. */
export function secondsPerUnit(unit: string): number | null {
  return TIME_UNITS.find(([names]) => names.test(unit))?.[1] ?? null;
}

/**
 * Reads an attribute's duration such as `5m`, `90s` or `4h`.
 * @returns seconds, or null when it is not one.
 */
export function parseDuration(text: string): number | null {
  const match = EXACT.exec(text.trim());
  if (match === null) return null;
  const perUnit = secondsPerUnit(match[2] ?? '');
  return perUnit === null ? null : Number(match[1]) * perUnit;
}

/**
 * Finds a stretch of time in free words, such as `24-48 hours` or `Days 1-3`.
 * @returns its upper bound with the words, or null when there is none.
 */
export function statedTime(words: string): StatedTime | null {
  const text = words.trim();
  const span = SPAN.exec(text);
  if (span !== null) {
    const from = Number(span[2]);
    const to = span[3] === undefined ? from : Number(span[3]);
    const unit = secondsPerUnit(span[1] ?? 'day') ?? 0;
    return to < from ? null : { seconds: (to - from + 1) * unit, words: text };
  }
  const amount = AMOUNT.exec(text);
  if (amount === null) return null;
  const perUnit = secondsPerUnit(amount[3] ?? '');
  return perUnit === null ? null : { seconds: Number(amount[2] ?? amount[1]) * perUnit, words: text };
}

const PARENTHESES = /\(([^()]{1,60})\)/g;

/**
 * Finds the time that a heading or a step's title gives in parentheses.
 * When several do, the last one counts.
 * @returns the time and the title without that parenthesis.
 */
export function timeInTitle(title: string): { readonly time: StatedTime | null; readonly rest: string } {
  let found: { time: StatedTime; at: number; length: number } | null = null;
  if (title.includes('(')) {
    for (const match of title.matchAll(PARENTHESES)) {
      const time = statedTime(match[1] ?? '');
      if (time !== null) found = { time, at: match.index, length: match[0].length };
    }
  }
  if (found === null) return { time: null, rest: title };
  const rest = (title.slice(0, found.at) + title.slice(found.at + found.length)).replace(/\s+/g, ' ').trim();
  return { time: found.time, rest };
}
