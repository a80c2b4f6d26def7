import { attemptsOf } from '../../report/reportAttempt.ts';
import { shownText } from '../../report/shownText.ts';
import type { RunEvent, RunEventBody } from '../../run/events.ts';
import type { Step } from '../../runbook/model.ts';
import { counted, limitWords } from '../words.ts';
import { attemptView } from './attemptView.ts';
import type { ReviewInput } from './reviewInput.ts';
import type { HistoryView } from './reviewView.ts';
import { byWords } from './reviewWords.ts';

/** Of a step that was tried again and again only the latest entries are shown, and the outputs of still fewer. */
const SHOWN = 50;
const WITH_OUTPUT = 5;

/** The events of each step in order: what a person said of it, and the starts of its commands. */
export function eventsByStep(events: readonly RunEvent[]): ReadonlyMap<string, readonly RunEvent[]> {
  const steps = new Map<string, RunEvent[]>();
  for (const event of events) {
    const { body } = event;
    if (body.type === 'run.rebased') {
      for (const { from, to } of body.renamed) if (!steps.has(to)) steps.set(to, steps.get(from) ?? []);
      continue;
    }
    const stepId = body.type === 'command.started' ? (body.owner.kind === 'step' ? body.owner.stepId : null) : saidWords(body) === null ? null : 'stepId' in body ? body.stepId : 'subject' in body && body.subject.kind === 'step' ? body.subject.stepId : null;
    if (stepId === null) continue;
    const known = steps.get(stepId);
    if (known === undefined) steps.set(stepId, [event]);
    else known.push(event);
  }
  return steps;
}

/** Everything that happened at a step, oldest first. A tick alone says no more than the row does. */
export function historyOf(step: Step, events: readonly RunEvent[], { state, formatTime }: Pick<ReviewInput, 'state' | 'formatTime'>): readonly HistoryView[] {
  const texts = step.commands.map(({ text }) => text);
  const seen = new Set<string>();
  const history = events.flatMap((event): readonly HistoryView[] => {
    const { body } = event;
    if (body.type === 'command.started') {
      if (seen.has(body.executionId)) return [];
      seen.add(body.executionId);
      return attemptsOf(state, [body.executionId], (index) => texts[index]).map((attempt) => ({ kind: 'attempt', ...attemptView(attempt, state, texts, formatTime) }));
    }
    const words = saidWords(body);
    return words === null ? [] : [{ kind: 'said', words: shownText(words), by: byWords(event.actor, event.time, formatTime) }];
  });
  const [only] = history;
  return history.length === 1 && only?.kind === 'said' ? [] : shortened(history);
}

function shortened(history: readonly HistoryView[]): readonly HistoryView[] {
  const left = history.length - SHOWN;
  const latest = history.slice(-SHOWN).map((entry, place, { length }): HistoryView => (entry.kind === 'said' || place >= length - WITH_OUTPUT || entry.output === null ? entry : { ...entry, output: null, outputMissing: 'Its output is in the record.' }));
  return left <= 0 ? latest : [{ kind: 'said', words: `${counted(left, 'earlier entry', 'earlier entries')} in the record`, by: '' }, ...latest];
}

/** What a person said of a step, or null for any other event. */
function saidWords(body: RunEventBody): string | null {
  switch (body.type) {
    case 'step.ticked':
      return body.note === null ? 'ticked' : `ticked: ${body.note}`;
    case 'step.unticked':
      return 'tick taken back';
    case 'step.skipped':
      return `skipped: ${body.reason}`;
    case 'step.forced':
      return `marked done: ${body.reason}`;
    case 'step.reopened':
      return 'opened again';
    case 'gate.decided':
      return body.decision === 'go' ? 'decided: Go' : 'decided: No-Go';
    case 'soak.endedEarly':
      return `soak ended early: ${body.reason}`;
    case 'budget.overrun':
      return `over its budget of ${limitWords(body.budgetSeconds)}`;
    default:
      return null;
  }
}
