import type { Access } from './access.ts';
import { announcement } from './announcement.ts';
import { headerActions, primaryAction } from './headerActions.ts';
import type { ViewInput } from './input.ts';
import type { Progress } from './progress.ts';
import type { Sections } from './sections.ts';
import type { HeaderView, PanelMode } from './viewModel.ts';
import { gitWords, who } from './words.ts';

/** Title, place in git, run and progress. */
export function headerView(input: ViewInput, progress: Progress, sections: Sections, access: Access): HeaderView {
  const { runbook, state } = input;
  const { done, total } = progress.count(progress.counted);
  const mode = modeOf(input);
  return {
    title: runbook.title,
    mode,
    git: gitWords(state?.git ?? input.git),
    metadata: Object.entries(runbook.metadata).map(([key, value]) => ({ key, value })),
    ...environmentOf(input),
    run: runOf(input),
    done,
    total,
    estimateSeconds: estimate(input, progress),
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
  const words = [`run ${state.runId.slice(-4)}`, `started by ${who(state.startedBy, me)} ${formatTime(state.startedAt)}`];
  if (state.ended !== null) words.push(`${endWords[state.ended.outcome]} ${formatTime(state.ended.at)}`);
  return { id: state.runId, words: words.join(' · '), startedAt: state.startedAt, endedAt: state.ended?.at ?? null };
}

const endWords = { completed: 'completed', 'rolled-back': 'rolled back', stopped: 'stopped', abandoned: 'abandoned' } as const;

/**
 * Sum of what the document states (a section's time stands for all that is in
 * it) and, where it states nothing, of what commands took in earlier runs. Null
 * when neither is known of any step.
 */
function estimate({ runbook, pastDurations }: ViewInput, progress: Progress): number | null {
  let seconds = 0;
  const isTimed = (id: string | null): boolean => progress.tree.chainOf(id).some((section) => section.budgetSeconds !== null);
  for (const section of runbook.sections) {
    const forward = section.role !== 'rollback' && section.role !== 'triggers';
    if (forward && !isTimed(section.parentId) && !isAside(section.parentId)) seconds += section.budgetSeconds ?? 0;
  }
  for (const step of progress.counted) {
    if (!isTimed(step.sectionId)) seconds += step.estimate?.seconds ?? (pastDurations.get(step.id)?.medianMs ?? 0) / 1000;
  }
  return seconds === 0 ? null : Math.ceil(seconds);

  function isAside(id: string | null): boolean {
    return progress.tree.chainOf(id).some((section) => section.role === 'rollback' || section.role === 'triggers');
  }
}
