import type { Access } from './access.ts';
import { announcement } from './announcement.ts';
import { remainingEstimate, wholeEstimate } from './estimates.ts';
import { headerActions, primaryAction } from './headerActions.ts';
import { deployedView } from './deployedView.ts';
import type { ViewInput } from './input.ts';
import type { Progress } from './progress.ts';
import { headerSoak } from './soakView.ts';
import type { Sections } from './sections.ts';
import type { HeaderView, PanelMode } from './viewModel.ts';
import { gitWords, who } from './words.ts';
import { shortRunId } from '../run/shortRunId.ts';

/** Title, place in git, run and progress. */
export function headerView(input: ViewInput, progress: Progress, sections: Sections, access: Access): HeaderView {
  const { runbook, state } = input;
  const { done, total } = progress.count(progress.counted);
  const mode = modeOf(input);
  const remaining = remainingEstimate(input, progress);
  return {
    title: runbook.title,
    mode,
    git: gitWords(state?.git ?? input.git),
    metadata: Object.entries(runbook.metadata).map(([key, value]) => ({ key, value })),
    ...environmentOf(input),
    ...deployedView(input),
    run: runOf(input),
    done,
    total,
    estimateSeconds: wholeEstimate(input, progress),
    ...(remaining === null ? {} : { remainingSeconds: remaining }),
    ...headerSoak(input),
    phases: sections.phases(),
    primary: primaryAction(input, progress, access),
    actions: headerActions(input, progress, access),
    announcement: announcement(input, progress, done, total),
  };
}

function environmentOf({ state }: ViewInput): Pick<HeaderView, 'environment'> {
  const environment = state?.setup?.environment;
  return environment == null ? {} : { environment: { name: environment.name, guarded: environment.confirm !== null } };
}

/** What can be done with the panel as a whole. */
export function modeOf(input: ViewInput): PanelMode {
  if (input.state !== null && input.state.ended !== null) return 'ended';
  if (input.lockedBecause !== null) return 'locked';
  return input.state === null ? 'reading' : 'running';
}

function runOf({ state, me, formatTime }: ViewInput): HeaderView['run'] {
  if (state?.runId == null || state.startedAt === null) return null;
  const words = [`run ${shortRunId(state.runId)}`, `started by ${who(state.startedBy, me)} ${formatTime(state.startedAt)}`];
  if (state.partOf !== null) words.push(`part of run ${shortRunId(state.partOf.runId)}`);
  if (state.ended !== null) words.push(`${endWords[state.ended.outcome]} ${formatTime(state.ended.at)}`);
  return { id: state.runId, words: words.join(' · '), startedAt: state.startedAt, endedAt: state.ended?.at ?? null };
}

const endWords = { completed: 'completed', 'rolled-back': 'rolled back', stopped: 'stopped', abandoned: 'abandoned' } as const;
