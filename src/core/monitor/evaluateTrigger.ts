import type { Trigger } from '../runbook/model.ts';
import { limitWords } from '../view/words.ts';
import type { Sample } from './sample.ts';

/** A condition that can be measured. */
export type Condition = Pick<Trigger, 'operator' | 'value' | 'unit' | 'forSeconds'>;

export type Evaluation =
  /** It has held for its time; `since` when, in milliseconds since 1970, as far as that was watched. */
  | { readonly kind: 'holds'; readonly since: number }
  | { readonly kind: 'not' }
  /** Nobody can say, and why: in words that complete “not known: …”. */
  | { readonly kind: 'inconclusive'; readonly why: string };

/** Between two values there may be this many times the distance that was asked for; longer is a gap. */
export const GAP = 2;

/**
 * Whether a condition has held without a break for its whole time. A value that
 * does not meet it says no at once. Without a fresh value, with a gap in what
 * was watched, with another unit or a clock that went back nobody can say.
 *
 * @param samples in the order in which they were taken
 * @param now milliseconds since 1970
 * @param everySeconds how often a value is asked for
 */
export function evaluateTrigger(condition: Condition, samples: readonly Sample[], now: number, everySeconds: number): Evaluation {
  const inconclusive = (why: string): Evaluation => ({ kind: 'inconclusive', why });
  const { forSeconds } = condition;
  const gapMs = GAP * everySeconds * 1000;
  const values = samples.filter(({ value }) => value !== null);
  const last = values.at(-1);
  if (last === undefined) return inconclusive(`no value${reasonOf(samples.at(-1))}`);
  if (last.at > now) return inconclusive('the clock went back');
  if (now - last.at > gapMs) return inconclusive(`no value for ${limitWords((now - last.at) / 1000)}${reasonOf(samples.at(-1))}`);
  if (condition.unit !== null && last.unit !== null && condition.unit !== last.unit) return inconclusive(`it is measured in ${last.unit} and not in ${condition.unit}`);
  if (!meets(condition, last)) return { kind: 'not' };
  const from = now - (forSeconds ?? 0) * 1000;
  let since = last.at;
  for (let place = values.length - 2; place >= 0 && since > from; place -= 1) {
    const before = values[place];
    if (before === undefined) break;
    // A later value than one that was taken after it: the clock was set between them.
    if (before.at > since) return inconclusive('the clock went back');
    if (since - before.at > gapMs) return inconclusive(`nothing was seen for ${limitWords((since - before.at) / 1000)} of the ${limitWords(forSeconds ?? 0)}`);
    if (!meets(condition, before)) return { kind: 'not' };
    since = before.at;
  }
  return since <= from ? { kind: 'holds', since } : inconclusive(`watched for ${limitWords((now - since) / 1000)} of the ${limitWords(forSeconds ?? 0)}`);
}

function reasonOf(sample: Sample | undefined): string {
  return sample?.problem == null ? '' : `: ${sample.problem}`;
}

function meets({ operator, value, unit }: Condition, sample: Sample): boolean {
  if (value === null || sample.value === null) return false;
  if (unit !== null && sample.unit !== null && unit !== sample.unit) return false;
  switch (operator) {
    case '>':
      return sample.value > value;
    case '>=':
      return sample.value >= value;
    case '<':
      return sample.value < value;
    case '<=':
      return sample.value <= value;
    case '==':
      return sample.value === value;
    case '!=':
      return sample.value !== value;
    default:
      return false;
  }
}
