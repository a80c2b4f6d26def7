import type { RunEvent } from '../../run/events.ts';
import { shownLine, shownText } from '../../report/shownText.ts';
import type { Step } from '../../runbook/model.ts';
import type { StepBlockView } from '../viewModel.ts';
import { historyOf } from './history.ts';
import { reviewActions } from './reviewActions.ts';
import type { ReviewInput } from './reviewInput.ts';
import { saidOf } from './reviewWords.ts';

/** A step as the panel of a run would show it, turned into one that is only looked at: nothing to run, and all that happened. */
export function reviewStep(block: StepBlockView, step: Step, events: readonly RunEvent[], input: ReviewInput): StepBlockView {
  const { state, formatTime } = input;
  const record = state.steps.get(step.id);
  const words = statusOf(block, input);
  const reason = record?.reason ?? record?.note ?? null;
  return {
    ...block,
    ...words,
    by: block.runningSince !== null ? '' : words.status === 'open' ? words.statusWords : shownLine(block.by),
    runningSince: null,
    timeoutSeconds: null,
    isNext: false,
    tickable: false,
    ...(block.soak === undefined ? {} : { soak: { ...block.soak, counting: null, end: null } }),
    // Advice for the person who runs it.
    tags: block.tags.filter(({ tone }) => tone !== 'warning'),
    commands: block.commands.map((command) => ({ ...command, state: 'idle', result: null, output: null, outputMissing: null })),
    actions: [...reviewActions(input, step.id), ...block.actions.filter(({ id }) => id === 'copy')],
    message: reason === null ? null : { severity: 'info', text: `${record?.reason == null ? '' : 'Reason: '}${shownText(reason)}` },
    review: { history: historyOf(step, events, input) },
    said: saidOf(state, step.id, formatTime),
  };
}

/** What nobody ended is not running for a reader. What waits was not done, unless that may have got lost with a part of the record. */
function statusOf({ status, statusWords, runningSince }: StepBlockView, { integrity }: ReviewInput): Pick<StepBlockView, 'status' | 'statusWords'> {
  if (status === 'running' || (status === 'background' && runningSince !== null)) return { status: 'unknown', statusWords: 'no end is recorded' };
  if (status === 'waiting' || status === 'open') return { status: 'open', statusWords: integrity?.findings.length === 0 ? 'not done' : 'nothing recorded' };
  return { status, statusWords: status === 'unknown' ? 'end unknown' : statusWords };
}
