import { shownLine } from '../../report/shownText.ts';
import { buildPanelView } from '../buildPanelView.ts';
import type { NoticeView, PanelView } from '../viewModel.ts';
import { counted } from '../words.ts';
import { eventsByStep } from './history.ts';
import { integrityView } from './integrityView.ts';
import { reviewActions } from './reviewActions.ts';
import { NO_DRIFT } from '../../run/drift/compare.ts';
import { reviewRefusal } from '../../run/decideReview.ts';
import { partOfWords, referenceWords } from '../../run/package/partOfWords.ts';
import type { ReviewInput } from './reviewInput.ts';
import { reviewStep } from './reviewStep.ts';
import { byWords, peopleWords, saidOf, verdictOf } from './reviewWords.ts';
import { rollbackReviews } from './rollbackReview.ts';
import { timelineView } from './timelineView.ts';

/** More than this are in the timeline and the report. */
const FIRINGS = 10;

/**
 * What the panel shows of a record: the checked-off runbook of a run, read only,
 * with everything that happened at each step. Pure.
 */
export function buildReviewView(input: ReviewInput): PanelView {
  const { state, runbook, reviewer, lockedBecause, formatTime, timeline } = input;
  const base = buildPanelView({
    now: Date.parse(timeline.startedAt) + timeline.totalMs,
    runbook, state, prompt: input.prompt, plan: null, runningOn: false, overBudget: false, drift: NO_DRIFT, isEdited: false, vanishedSteps: [], lockedBecause: 'A record is only looked at.', damage: [],
    liveOutput: new Map(), error: input.error, trusted: true, git: null, me: null, formatTime, hostNotices: [],
    // Sharing is offered where the run is, and a record says itself how long its steps took.
    isShared: false, pastDurations: new Map(), foundAgain: new Set(),
  });
  const [remark, ...decisions] = reviewActions(input, null);
  const byStep = eventsByStep(input.events);
  const steps = new Map(runbook.steps.map((step) => [step.id, step]));
  // Nothing is left of a record, and nothing goes on in it.
  const { soak: _, remainingSeconds: __, ...header } = base.header;
  const { run } = header;
  const lastAt = new Date(Date.parse(timeline.startedAt) + timeline.totalMs);
  const endedAt = run?.endedAt ?? (Number.isNaN(lastAt.getTime()) ? null : lastAt.toISOString());
  return {
    ...base,
    header: {
      ...header,
      title: shownLine(base.header.title),
      ...(base.header.environment === undefined ? {} : { environment: { ...base.header.environment, name: shownLine(base.header.environment.name) } }),
      mode: 'reviewing',
      run: run === null ? null : { ...run, words: shownLine(run.words) + (state.ended === null ? ' · not ended' : ''), endedAt },
      estimateSeconds: null,
      // In sight at every width, and not in the accent: nothing has to be done here.
      primary: remark ?? null,
      actions: [...decisions, { id: 'openSource', label: 'Open the kept text', icon: 'go-to-file', style: 'quiet', stepId: null, disabledBecause: input.text === 'missing' ? 'It is missing.' : null, key: null }],
      announcement: `A record, read only. ${base.header.done} of ${counted(base.header.total, 'step')} done.`,
    },
    notices: notices(input),
    // Nothing goes on in a record.
    outline: base.outline.map((item) => (item.status === 'active' ? { ...item, status: 'open' } : item)),
    blocks: base.blocks.map((block) => {
      const step = block.kind === 'step' ? steps.get(block.stepId) : undefined;
      if (block.kind === 'section' && block.soak !== undefined) return { ...block, soak: { ...block.soak, counting: null, end: null } };
      return block.kind !== 'step' || step === undefined ? block : reviewStep(block, step, byStep.get(step.id) ?? [], input);
    }),
    dock: { advice: null, levels: [] },
    rollback: null,
    review: {
      integrity: integrityView(input),
      timeline: timelineView(timeline, runbook, formatTime),
      rollbacks: rollbackReviews(input),
      verdict: verdictOf(state),
      people: peopleWords(state),
      rule: lockedBecause ?? reviewRefusal(runbook, state, reviewer, null)?.message ?? null,
      said: saidOf(state, null, formatTime),
      atSteps: [...state.remarks, ...state.approvals].filter(({ stepId }) => stepId !== null).length,
    },
  };
}

function notices({ error, text, state, formatTime }: ReviewInput): readonly NoticeView[] {
  const notice = (id: string, severity: NoticeView['severity'], words: string): NoticeView => ({ id, severity, text: words, actions: [], details: [] });
  return [
    error === null ? null : notice('error', 'error', error),
    text === 'missing' ? notice('text', 'warning', 'The runbook’s text is not in this record. Below are the steps that the record itself names, without their order and their words.') : null,
    text === 'changed' ? notice('text', 'error', 'The runbook’s text in this record is not the one that the run began with, so it is not shown. Below are the steps that the record itself names.') : null,
    ...(state.partOf === null ? [] : [notice('part-of', 'info', `${shownLine(partOfWords(state.partOf))}.`)]),
    ...takenNotice(state.stated, notice),
    ...(text === 'kept' ? state.rebases.slice(-1) : []).map(({ at, by }) => notice('rebased', 'info', `The run took an edited text of its runbook (${byWords(by, at, formatTime)}). The one that it went by last is shown.`)),
    ...state.firings.slice(-FIRINGS).map(({ trigger, words, level, at, clearedAt }) => notice(`fired:${trigger}:${at}`, 'info', `A trigger fired ${formatTime(at)}: ${shownLine(words)}${level === null ? '' : `, which advises level ${level}`}${clearedAt === null ? '; it was not seen to end.' : `; until ${formatTime(clearedAt)}.`}`)),
    state.unknownEvents > 0 ? notice('unknown-events', 'info', `The record holds ${counted(state.unknownEvents, 'entry', 'entries')} of a newer version, kept and not shown here.`) : null,
  ].filter((each) => each !== null);
}

/** What the run used from other runs of its package. */
function takenNotice(stated: ReviewInput['state']['stated'], notice: (id: string, severity: NoticeView['severity'], words: string) => NoticeView): readonly NoticeView[] {
  const taken = [...stated.values()].flatMap(({ name, value, from }) => (from === null ? [] : [`${name} = ${shownLine(value)} (${shownLine(referenceWords(from))})`]));
  return taken.length === 0 ? [] : [notice('taken', 'info', `Taken over from the package: ${taken.join(', ')}.`)];
}
