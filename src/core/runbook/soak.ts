import { valueOrName } from './about.ts';
import type { Attributes } from './attributes.ts';
import type { Diagnostic, StatedTime } from './model.ts';
import { parseDuration } from './time.ts';

/** A longer wait is a mistake in writing, in seconds: a year. */
const LONGEST = 366 * 86_400;

/**
 * Reads `soak=4h`; a bad value is reported, and nothing waits then.
 * @param aside it stands in a rollback or trigger section, where nothing waits for anything
 */
export function readSoak({ values }: Attributes, aside: boolean, report: (severity: Diagnostic['severity'], code: string, message: string, subject: string) => void): StatedTime | null {
  const words = values.get('soak');
  if (words === undefined) return null;
  const seconds = typeof words === 'string' ? parseDuration(words) : null;
  if (typeof words !== 'string' || seconds === null || seconds <= 0 || seconds > LONGEST) {
    report('error', 'bad-value', '"soak" has to be the time that must pass, such as soak=30m, soak=4h or soak=2d, and a year at most.', valueOrName('soak', words));
    return null;
  }
  if (!aside) return { seconds, words };
  report('warning', 'soak-aside', '"soak" does nothing here: steps of a rollback or trigger section wait for nothing. Put it on a section or step of the way forward.', 'soak');
  return null;
}
