/** What a monitor said at one time. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null: it said no number; `problem` says why. */
  readonly value: number | null;
  /** As the monitor has it, or as it was printed after the number; null: none. */
  readonly unit: string | null;
  /** For example `exit 3`; null with a value. */
  readonly problem: string | null;
}

/** How one run of a monitor's command ended. */
export type ProbeResult =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string }
  | { readonly kind: 'timedOut'; readonly afterSeconds: number }
  /** It could not be started, was ended, or printed too much: in words. */
  | { readonly kind: 'failed'; readonly reason: string };

/** A number, and a unit if there is one: nothing else may stand on the line. */
const NUMBER = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*(%|[\p{L}µ]{1,8}(?:\/[\p{L}]{1,8})?)?$/u;

/** The sample that a monitor's command gave. Anything but exit 0 and a number on the last line is no value. */
export function sampleOf(result: ProbeResult, at: number, unit: string | null): Sample {
  const none = (problem: string): Sample => ({ at, value: null, unit, problem });
  if (result.kind === 'timedOut') return none(`no answer within ${String(result.afterSeconds)} s`);
  if (result.kind === 'failed') return none(result.reason);
  if (result.code !== 0) return none(`exit ${String(result.code)}`);
  const last = result.stdout.split('\n').findLast((line) => line.trim() !== '')?.trim();
  if (last === undefined) return none('it printed nothing');
  const match = last.length > 100 ? null : NUMBER.exec(last);
  const value = Number(match?.[1] ?? NaN);
  if (match === null || !Number.isFinite(value)) return none('its last line is no number');
  const printed = match[2] ?? null;
  if (printed !== null && unit !== null && printed !== unit) return none(`it printed ${printed} and not ${unit}`);
  return { at, value, unit: unit ?? printed, problem: null };
}
