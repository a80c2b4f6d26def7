import { levelTitle } from '../../rollback/levelName.ts';
import { joinableRoots } from '../../run/package/packageRuns.ts';
import { referenceWords } from '../../run/package/partOfWords.ts';
import { takenLine } from '../../run/package/takenLine.ts';
import { takerOf, valuesToTake } from '../../run/package/valuesToTake.ts';
import type { RunState } from '../../run/state.ts';
import { accessOf } from '../access.ts';
import type { ViewInput } from '../input.ts';
import type { NoticeView } from '../viewModel.ts';
import { counted, quoted } from '../words.ts';
import { groupRuns } from './group.ts';
import { shortRunId } from '../../run/shortRunId.ts';

/** What a person at this run has to know of the others of its package, most important first. */
export function packageNotices(input: ViewInput): readonly NoticeView[] {
  const { state, package: known } = input;
  if (state === null) return [...unread(input), ...several(joinableRoots(known?.runs ?? []))];
  if (state.ended !== null) return [];
  const others = groupRuns(input);
  return [...rolledBack(others, state, input), ...unread(input), ...rootEnded(state, others, input), ...unfit(input, state, others), ...taken(state)];
}

const WENT = { succeeded: 'succeeded', failed: 'failed', abandoned: 'was given up' } as const;

/** Another runbook takes back, or has taken back, what this one goes on with. Of each the last one is said. */
function rolledBack(others: readonly RunState[], state: RunState, input: ViewInput): readonly NoticeView[] {
  return others.flatMap((run) => {
    const last = run.rollbacks.findLast(({ rehearsal }) => rehearsal === null);
    if (last === undefined) return [];
    const went = last.outcome === null ? 'has begun and has not ended' : `${WENT[last.outcome]}${last.endedAt === null ? '' : ` ${input.formatTime(last.endedAt)}`}`;
    const isAfter = last.endedAt === null || state.startedAt === null || Date.parse(last.endedAt) > Date.parse(state.startedAt);
    const undone = isAfter ? ' What this run did may be undone.' : '';
    const text = `${last.outcome === 'succeeded' ? 'Rolled back' : 'Rollback'} in ${quoted(run.title)}: ${levelTitle(last.level, last.title)} ${went}.${undone} This run is not stopped by it: its steps can still be run.`;
    const abandon = { id: 'abandonRun', label: 'Abandon run…', icon: 'trash', style: 'secondary', stepId: null, disabledBecause: accessOf(input).abandon, key: null } as const;
    return [{ id: `package-rolled-back:${last.rollbackId}`, severity: last.outcome === 'failed' ? 'error' : 'warning', text, actions: [abandon], details: [] } as const];
  });
}

/** Without them nobody knows what the newest values are, so none are taken. */
function unread({ package: known }: ViewInput): readonly NoticeView[] {
  const found = known?.unread ?? [];
  if (found.length === 0) return [];
  const text = `${counted(found.length, 'run')} of the package could not be looked at. What they did is not known here, and no values are taken from the package.`;
  return [notice('package-unread', 'warning', text, found.map(({ words }) => ({ text: words, line: null })))];
}

function rootEnded({ partOf }: RunState, others: readonly RunState[], { formatTime }: ViewInput): readonly NoticeView[] {
  const root = partOf === null ? undefined : others.find(({ runId }) => runId === partOf.runId);
  if (partOf === null || root?.ended == null) return [];
  return [notice('package-root-ended', 'warning', `${quoted(root.title)}, which this run is part of, has ended (${root.ended.outcome}, ${formatTime(root.ended.at)}). This run goes on by itself: end it when its work is done.`)];
}

/** A value that was stated elsewhere and cannot be used here: the run keeps its own. */
function unfit({ runbook }: ViewInput, state: RunState, others: readonly RunState[]): readonly NoticeView[] {
  const found = valuesToTake(takerOf(runbook, state), others).unfit;
  if (found.length === 0) return [];
  const details = found.map(({ name, value, from, problem }) => ({ text: `${name}: “${value.slice(0, 100)}” of ${referenceWords(from)} ${problem}`, line: null }));
  return [notice('package-unfit', 'warning', `${counted(found.length, 'value')} of the package ${found.length === 1 ? 'does' : 'do'} not fit here. This run keeps its own.`, details)];
}

function taken({ stated }: RunState): readonly NoticeView[] {
  const found = [...stated.values()].flatMap(({ name, value, from }) => (from === null ? [] : [{ name, value, from }]));
  if (found.length === 0) return [];
  const details = found.map((value) => ({ text: takenLine(value), line: null }));
  return [notice('package-taken', 'info', `${counted(found.length, 'value')} taken from the package.`, details)];
}

function several(roots: readonly RunState[]): readonly NoticeView[] {
  if (roots.length < 2) return [];
  return [notice('package-several', 'info', `${counted(roots.length, 'run')} of this package go on: ${roots.map(({ title, runId }) => `${quoted(title)} (run ${shortRunId(runId ?? '')})`).join(', ')}. A start asks which one it belongs to.`)];
}

function notice(id: string, severity: NoticeView['severity'], text: string, details: NoticeView['details'] = []): NoticeView {
  return { id, severity, text, actions: [], details };
}
