import type { List } from '../rollback/remains.ts';
import { backgroundOf, foregroundOf } from '../run/beside.ts';
import type { ExecutionState, RunState } from '../run/state.ts';
import { indexOf } from '../run/runbookIndex.ts';
import { outcomeWords } from './outcomeWords.ts';
import type { ViewInput } from './input.ts';
import type { NoticeView } from './viewModel.ts';
import { quoted } from './words.ts';

/** The status of a step whose command was put in the background. */
export function backgroundStatus(last: ExecutionState | null, formatTime: (iso: string) => string): string {
  if (last === null) return 'settled, with a part in the background';
  return last.outcome === null ? `running in the background since ${formatTime(last.startedAt)}` : 'stopped';
}

/** What it means that a command which had stayed up in the background ended without having been told to; null for any other. */
export function endedByItself(execution: ExecutionState | null): string | null {
  if (execution === null || execution.upAt === null || execution.outcome === null || execution.stopRequested !== 'no') return null;
  const how = execution.outcome.kind === 'lost' ? 'nobody knows how it ended: it may still run, or not' : `it ended by itself: ${outcomeWords(execution.outcome)}`;
  return `This ran in the background, and ${how}. The steps after it may have gone on without it. Look at why, then run it again.`;
}

/** One notice for each step whose background command is gone, until it is dealt with at the step. */
export function backgroundNotices({ runbook, state, formatTime }: Pick<ViewInput, 'runbook' | 'state' | 'formatTime'>): readonly NoticeView[] {
  if (state === null || state.ended !== null) return [];
  return [...state.steps.values()].flatMap((record): readonly NoticeView[] => {
    const last = state.executions.get(record.executionIds.at(-1) ?? '') ?? null;
    if (last?.outcome == null || endedByItself(last) === null || record.status === 'skipped' || record.status === 'open' || record.doneBy === 'forced') return [];
    const step = indexOf(runbook).steps.get(record.stepId);
    const when = last.endedAt === null ? '' : ` at ${formatTime(last.endedAt)}`;
    const text = `${quoted(step?.title ?? record.stepId)} no longer runs in the background. Its end was found${when}: ${outcomeWords(last.outcome)}.`;
    return [{ id: `background:${last.executionId}`, severity: record.status === 'done' ? 'warning' : 'error', text, actions: [], details: step === undefined ? [] : [{ text: step.title, line: step.line }] }];
  });
}

/** Steps that run at the same time in the foreground, in words; null when it is one or none. */
export function severalRun(state: RunState | null): string | null {
  const count = foregroundOf(state).length;
  return count > 1 ? `${String(count)} steps are running at the same time.` : null;
}

/** What a rollback lets run in the background, as a list for its sheet; empty when nothing does. */
export function goesOnBeside({ runbook, state }: Pick<ViewInput, 'runbook' | 'state'>): readonly List[] {
  const items = backgroundOf(state).flatMap(({ owner }) => (owner.kind === 'step' ? [indexOf(runbook).steps.get(owner.stepId)?.title ?? owner.stepId] : []));
  return items.length === 0 ? [] : [{ heading: 'Runs on in the background meanwhile, until it is stopped or the run ends', items }];
}
