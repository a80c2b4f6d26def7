import type { RunState } from '../run/state.ts';
import { saidOf, verdictOf } from './review/reviewWords.ts';
import type { ReviewWordView } from './review/reviewView.ts';
import type { NoticeView } from './viewModel.ts';
import { counted } from './words.ts';

/** More words than these are counted and not shown beside a run: all of them are in the record's own view. */
const SHOWN = 5;

type FormatTime = (iso: string) => string;

/** What reviewers said at single steps, by step. Empty for a run of which nobody has said anything. */
export function saidAtSteps(state: RunState | null, formatTime: FormatTime): ReadonlyMap<string, readonly ReviewWordView[]> {
  const said = new Map<string, readonly ReviewWordView[]>();
  if (state === null) return said;
  for (const { stepId } of [...state.approvals, ...state.remarks]) {
    if (stepId !== null && !said.has(stepId)) said.set(stepId, shortened(saidOf(state, stepId, formatTime)));
  }
  return said;
}

/** A notice of what reviewers said of the run, or null. Where they only spoke of steps it says that. */
export function saidNotice(state: RunState | null, formatTime: FormatTime): NoticeView | null {
  if (state === null) return null;
  const all = saidOf(state, null, formatTime);
  const steps = new Set([...state.approvals, ...state.remarks].flatMap(({ stepId }) => stepId ?? [])).size;
  if (all.length === 0 && steps === 0) return null;
  const { tone, words } = verdictOf(state);
  const rejected = new Set(state.approvals.flatMap(({ stepId, decision, isOvertaken }) => (stepId !== null && decision === 'rejected' && !isOvertaken ? [stepId] : []))).size;
  const about = tone === 'open' ? (all.length === 0 ? 'Reviewers have looked at this run' : 'Reviewers have looked at the run as a whole') : words;
  const atSteps = steps === 0 ? '' : `; more is said at ${counted(steps, 'step')}${rejected === 0 ? '' : `, ${String(rejected)} of them rejected`}`;
  const text = `${about}${atSteps}.`;
  return { id: 'said', severity: tone === 'bad' || rejected > 0 ? 'warning' : 'info', text, actions: [], details: [], said: shortened(all) };
}

/** Decisions that stand, then the newest words; how many are left out is said in the last one. */
function shortened(all: readonly ReviewWordView[]): readonly ReviewWordView[] {
  const standing = all.filter(({ kind, overtaken }) => kind !== 'remark' && overtaken === null);
  const rest = all.filter((each) => !standing.includes(each));
  const room = Math.max(1, SHOWN - standing.length);
  const shown = [...standing.slice(-SHOWN), ...rest.slice(-room)];
  const left = all.length - shown.length;
  const last = shown.at(-1);
  if (left === 0 || last === undefined) return shown;
  const more = `${counted(left, 'more', 'more')} in the record.`;
  return [...shown.slice(0, -1), { ...last, text: last.text === '' ? more : `${last.text}\n${more}` }];
}
