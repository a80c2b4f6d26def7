import { about, valueOrName } from './about.ts';
import type { Attributes } from './attributes.ts';
import type { Diagnostic, Repeat } from './model.ts';
import { parseDuration } from './time.ts';

const MOST_TIMES = 100;
const DEFAULT_EVERY = 5;
const LONGEST_EVERY = 3600;

/** Reads `retry=3 every=10s`; a bad value is reported, and the command is tried once. */
export function readRepeat({ values }: Attributes, line: number, diagnostics: Diagnostic[]): Repeat | null {
  const retry = values.get('retry');
  const every = values.get('every');
  const bad = (message: string, name: string): null => {
    diagnostics.push({ severity: 'error', code: 'bad-value', message, line, ...about(valueOrName(name, values.get(name))) });
    return null;
  };
  if (retry === undefined) return every === undefined ? null : bad('"every" says how long to wait between attempts: write retry=3 every=10s.', 'every');
  const times = typeof retry === 'string' && /^\d{1,3}$/.test(retry) ? Number(retry) : 0;
  if (times < 2 || times > MOST_TIMES) return bad(`"retry" has to be how often it is tried in all, 2 to ${String(MOST_TIMES)}, such as retry=3 every=10s.`, 'retry');
  const everySeconds = every === undefined ? DEFAULT_EVERY : typeof every === 'string' ? parseDuration(every) : null;
  if (everySeconds === null || everySeconds < 0 || everySeconds > LONGEST_EVERY) return bad('"every" has to be a duration of an hour at most, such as 10s or 2m.', 'every');
  return { times, everySeconds };
}
