import type { Overrun } from '../run/state.ts';
import { limitWords } from './words.ts';

/** `over its 2 min since 14:05`. */
export function overrunWords({ budgetSeconds, since }: Overrun, formatTime: (iso: string) => string): string {
  const due = new Date(Date.parse(since) + budgetSeconds * 1000);
  return `over its ${limitWords(budgetSeconds)}${Number.isNaN(due.getTime()) ? '' : ` since ${formatTime(due.toISOString())}`}`;
}
