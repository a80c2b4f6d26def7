import type { Actor, GitState } from '../run/events.ts';

/** `0.4 s`, `12 s`, `12 m 40 s`, `2 h 5 m`. Takes milliseconds. */
export function durationWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), 'm', whole % 60, 's');
  return joined(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'm');
}

/** A stated limit in whole units: `30 s`, `2 min`, `4 h`, `3 days`. Takes seconds. */
export function limitWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 2 * 3600 && seconds !== 3600) return `${tidy(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${tidy(seconds / 3600)} h`;
  return `${tidy(seconds / 86400)} days`;
}

/** `1 step`, `3 steps`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** The person's name, or `you`. */
export function who(actor: Actor | null, me: string | null): string {
  if (actor === null) return 'somebody';
  return actor.name === me ? 'you' : actor.name;
}

/** `main @ 3f2a1c9, clean`; null when nothing is known. */
export function gitWords(git: GitState | null): string | null {
  if (git === null) return null;
  const commit = git.commit?.slice(0, 7) ?? 'no commit yet';
  const place = `${git.branch ?? 'detached'} @ ${commit}`;
  if (git.clean === null) return place;
  return `${place}, ${git.clean ? 'clean' : 'with uncommitted changes'}`;
}

/** Parts that exist, with dots between. */
export function dotted(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

/** A title inside a sentence: quoted, and cut when it is long. */
export function quoted(title: string): string {
  return `“${title.length > 60 ? `${title.slice(0, 59).trimEnd()}…` : title}”`;
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function tidy(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** With a capital at its beginning. */
export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
