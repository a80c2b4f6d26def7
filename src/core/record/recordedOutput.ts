import { redact } from './redact.ts';

/** Characters of each end of an output that a record keeps. */
export const OUTPUT_END_LIMIT = 128 * 1024;

/** What was heard of a command, plain text. */
export interface HeardText {
  readonly head: string;
  /** The end, when something between was not kept; else null, and `head` is all. */
  readonly tail: string | null;
  /** Characters between them that were not kept. */
  readonly leftOut: number;
  /** The command's own words, which come first, are not in it. */
  readonly isSeparate: boolean;
  /** It was heard until the command had ended. */
  readonly isComplete: boolean;
}

/** An output as it goes into the record. */
export interface OutputText {
  readonly text: string;
  /** Something was left out; the text says where. */
  readonly cut: boolean;
}

/** Stands at the end of what was not heard to its end. */
const UNHEARD = '[… the terminal had not handed over the rest of the output when the end of the command was recorded …]';

/** Redacts an output and keeps its two ends, with words where it was cut and where it was not heard to its end. */
export function recordedOutput(heard: Omit<HeardText, 'isSeparate'>): OutputText {
  const { text, cut } = bothEnds(heard);
  return heard.isComplete ? { text, cut } : { text: text === '' || text.endsWith('\n') ? `${text}${UNHEARD}\n` : `${text}\n${UNHEARD}\n`, cut: true };
}

function bothEnds({ head, tail, leftOut }: Pick<HeardText, 'head' | 'tail' | 'leftOut'>): OutputText {
  const first = redact(head);
  const last = tail === null ? null : redact(tail);
  if (last === null && first.length <= 2 * OUTPUT_END_LIMIT) return { text: first, cut: false };
  const start = wholeLines(first.slice(0, OUTPUT_END_LIMIT), 'start');
  const end = wholeLines((last ?? first).slice(-OUTPUT_END_LIMIT), 'end');
  const out = leftOut + first.length - start.length + (last === null ? -end.length : last.length - end.length);
  return { text: `${start}\n[… about ${size(out)} of output were left out here; a record keeps the first and the last ${size(OUTPUT_END_LIMIT)} …]\n${end}`, cut: true };
}

/** The last lines of an output whose whole could not be kept: that is said where they are read. */
export function tailAlone(tail: string | null): string {
  return tail === null || tail === '' ? '[… the output could not be recorded …]' : `${tail.trimEnd()}\n[… the whole output could not be recorded; these are its last lines …]`;
}

/** Without the line that was cut, unless there is but one. */
function wholeLines(text: string, which: 'start' | 'end'): string {
  const at = which === 'start' ? text.lastIndexOf('\n') : text.indexOf('\n');
  if (at < 0) return text;
  return which === 'start' ? text.slice(0, at) : text.slice(at + 1);
}

function size(characters: number): string {
  return characters < 10 * 1024 * 1024 ? `${String(Math.ceil(characters / 1024))} KB` : `${String(Math.round(characters / 1024 / 1024))} MB`;
}
