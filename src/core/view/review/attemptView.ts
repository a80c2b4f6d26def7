import type { ReportAttempt } from '../../report/report.ts';
import { shownLine, shownText } from '../../report/shownText.ts';
import { placeWords } from '../../report/reportWords.ts';
import { hasRun, isInconclusive, wasStoppedInBackground } from '../../run/outcome.ts';
import type { RunState } from '../../run/state.ts';
import { dotted } from '../words.ts';
import { byWords } from './reviewWords.ts';
import type { AttemptView } from './reviewView.ts';

/** One time that a command was run, as it is shown. `above`: the commands that stand above it. */
export function attemptView(attempt: ReportAttempt, state: RunState, above: readonly string[], formatTime: (iso: string) => string): AttemptView {
  const { outcome, command, ofCommands, acknowledged, outputTail } = attempt;
  const isShown = above[command - 1] === attempt.text;
  const execution = state.executions.get(attempt.executionId);
  const kept = execution?.output ?? null;
  const about = dotted([
    ofCommands > 1 ? `command ${command} of ${ofCommands}` : null,
    !isShown && attempt.isChanged ? 'not what stands above' : null,
    ...(attempt.how ?? []).map(shownLine),
    attempt.captured === undefined ? null : shownLine(attempt.captured),
    ...placeWords(attempt.isBackground, attempt.lane),
    attempt.isProbe ? 'checked out of its order' : null,
    attempt.attempt === null ? null : `attempt ${attempt.attempt.number} of ${attempt.attempt.of}`,
    attempt.stopRequested ? 'told to stop' : null,
    ...acknowledged.map(({ words }) => shownLine(words)),
  ]);
  const isUnseen = execution !== undefined && isInconclusive(execution);
  const notStarted = outcome?.kind === 'notStarted' ? shownLine(outcome.reason) : null;
  return {
    executionId: attempt.executionId,
    state: outcome === null || outcome.kind === 'lost' || isUnseen ? 'unknown' : attempt.succeeded ? 'ok' : execution !== undefined && wasStoppedInBackground(execution) ? 'stopped' : 'failed',
    words: outcome === null ? 'no end is recorded' : attempt.words,
    by: byWords(attempt.startedBy, attempt.startedAt, formatTime),
    about: dotted([about, attempt.expectation?.detail == null ? null : shownLine(attempt.expectation.detail), notStarted]),
    text: isShown ? null : attempt.text,
    language: attempt.shell,
    output: outputTail === null || outputTail === '' ? null : shownText(outputTail),
    outputMissing: outputTail === null && kept === null && outcome !== null && hasRun(outcome) ? 'Its output was not observed.' : null,
    fullOutput: kept === null || kept.bytes <= lengthOf(outputTail ?? '') ? null : `Open all of its output, ${sizeWords(kept.bytes)}${kept.cut ? ', cut in the middle' : ''}`,
  };
}

/** Bytes of a text in UTF-8, and of a line end that may have been taken off. */
function lengthOf(text: string): number {
  let bytes = 1;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function sizeWords(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024)} KB`;
}
