import { counted, durationWords } from '../view/words.ts';
import type { RunComparison, RunSide, StepComparison, StepSide } from './comparison.ts';
import { runOutcomeWords, utcWords } from './reportWords.ts';

/** A line of a comparison: what it is about, both sides, and what differs; not yet escaped. */
export interface ComparisonRow {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly difference: string;
}

/** The runs as wholes. */
export function runRows({ left, right, differenceMs }: RunComparison): readonly ComparisonRow[] {
  const row = (name: string, words: (side: RunSide) => string, difference = ''): ComparisonRow => ({ name, left: words(left), right: words(right), difference });
  return [
    row('Run', ({ runId }) => runId),
    row('Runbook', ({ file }) => file),
    ...(left.environment === undefined && right.environment === undefined ? [] : [row('Environment', ({ environment }) => environment ?? 'none')]),
    row('Git', ({ branch, commit }) => `${branch ?? 'no branch'} at ${commit?.slice(0, 12) ?? 'no commit'}`),
    row('Started', ({ startedAt, startedBy }) => `${startedAt === null ? 'unknown' : utcWords(startedAt)}${startedBy === null ? '' : ` by ${startedBy}`}`),
    row('Outcome', ({ outcome }) => runOutcomeWords(outcome)),
    row('Steps', ({ settled, total }) => `${String(settled)} of ${String(total)}`),
    row('Failed attempts', ({ failedAttempts }) => String(failedAttempts)),
    row('Rollbacks', ({ rollbacks }) => String(rollbacks)),
    row('Took', ({ durationMs }) => (durationMs === null ? 'not known' : durationWords(durationMs)), differenceWords(differenceMs)),
  ];
}

export function stepRow({ title, isChanged, left, right, differenceMs }: StepComparison): ComparisonRow {
  const notes = [isChanged ? 'text changed' : '', differenceWords(differenceMs)].filter((words) => words !== '');
  return { name: title, left: sideWords(left), right: sideWords(right), difference: notes.join(', ') };
}

/** What the steps come to, in a sentence. */
export function totalsWords({ totals }: RunComparison): string {
  const { inBoth, onlyLeft, onlyRight, changed, otherOutcome } = totals;
  return `${counted(inBoth, 'step')} in both, ${String(onlyLeft)} only in the first, ${String(onlyRight)} only in the second; ${String(changed)} with another text, ${String(otherOutcome)} with another outcome.`;
}

function sideWords(side: StepSide | null): string {
  if (side === null) return 'not there';
  const tries = side.attempts > 1 ? `, run ${String(side.attempts)} times` : '';
  return `${side.words}${side.durationMs === null ? '' : `, ${durationWords(side.durationMs)}`}${tries}`;
}

/** `4.2 s longer`, `1 m quicker`; empty when it is not known or too small to be shown. */
function differenceWords(ms: number | null): string {
  if (ms === null || Math.abs(ms) < 100) return '';
  return `${durationWords(Math.abs(ms))} ${ms > 0 ? 'longer' : 'quicker'}`;
}
