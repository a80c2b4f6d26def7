import { joinableRoots } from '../../run/package/packageRuns.ts';
import { referenceWords } from '../../run/package/partOfWords.ts';
import { takerOf, valuesToTake } from '../../run/package/valuesToTake.ts';
import type { RunState } from '../../run/state.ts';
import { accessOf } from '../access.ts';
import type { ViewInput } from '../input.ts';
import type { NoticeView } from '../viewModel.ts';
import { counted, quoted } from '../words.ts';
import { groupRuns } from './group.ts';

/** What a person at this run has to know of the others of its package, most important first. */
export function packageNotices(input: ViewInput): readonly NoticeView[] {
  const { state, package: known } = input;
  if (state === null) return several(joinableRoots(known?.runs ?? []));
  if (state.ended !== null) return [];
  const others = groupRuns(input);
  return [...rolledBack(others, input), ...rootEnded(state, others, input), ...unfit(input, state, others), ...taken(state)];
}

/** Another runbook has taken back what this one goes on with. */
function rolledBack(others: readonly RunState[], input: ViewInput): readonly NoticeView[] {
  return others.flatMap((run) => {
    const last = run.rollbacks.findLast(({ outcome }) => outcome === 'succeeded');
    if (last === undefined || last.endedAt === null) return [];
    const text = `Rolled back in ${quoted(run.title)}: level ${String(last.level)}, ${last.title}, succeeded ${input.formatTime(last.endedAt)}. What this run did may be undone. Nothing goes on until you choose.`;
    const abandon = { id: 'abandonRun', label: 'Abandon run…', icon: 'trash', style: 'secondary', stepId: null, disabledBecause: accessOf(input).abandon, key: null } as const;
    return [{ id: `package-rolled-back:${last.rollbackId}`, severity: 'warning', text, actions: [abandon], details: [] } as const];
  });
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
  const found = [...stated.values()].filter(({ from }) => from !== null);
  if (found.length === 0) return [];
  const details = found.map(({ name, value, from }) => ({ text: `${name} = ${value.split('\n', 1)[0] ?? ''}${from === null ? '' : `, from ${referenceWords(from)}`}`, line: null }));
  return [notice('package-taken', 'info', `${counted(found.length, 'value')} taken from the package.`, details)];
}

function several(roots: readonly RunState[]): readonly NoticeView[] {
  if (roots.length < 2) return [];
  return [notice('package-several', 'info', `${counted(roots.length, 'run')} of this package go on: ${roots.map(({ title, runId }) => `${quoted(title)} (run ${runId?.slice(-4) ?? ''})`).join(', ')}. A start asks which one it belongs to.`)];
}

function notice(id: string, severity: NoticeView['severity'], text: string, details: NoticeView['details'] = []): NoticeView {
  return { id, severity, text, actions: [], details };
}
