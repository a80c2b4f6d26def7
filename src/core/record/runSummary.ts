import type { Actor, GitState, RunOutcome, RunReference } from '../run/events.ts';
import type { RunState } from '../run/state.ts';

/** What a list of runs says of one: a few facts from its record, cheaply read. */
export interface RunSummary {
  readonly runId: string;
  /** Of the runbook at the start; empty when the record does not say. */
  readonly title: string;
  /** The runbook's path as the record has it. */
  readonly file: string;
  /** `open`: it has not ended. `unreadable`: its start cannot be read. */
  readonly state: RunOutcome | 'open' | 'unreadable';
  /** The highest level that was rolled back with success, or null. */
  readonly level: number | null;
  readonly startedAt: string | null;
  readonly startedBy: Actor | null;
  readonly git: GitState | null;
  /** Chosen at the start, else the value of the runbook's own field for it, or null. */
  readonly environment: string | null;
  /** The run that it is a part of; left out for one of its own. */
  readonly partOf?: RunReference;
}

/** Names under which runbooks ask for where they are run. */
const ENVIRONMENT = /^(?:target[ _-]?)?(?:env|environment|stage)$/i;

/** @param state folded from the events, or from the first and last of them */
export function summaryOf(runId: string, state: RunState): RunSummary {
  const levels = state.rollbacks.flatMap(({ level, outcome }) => (outcome === 'succeeded' ? [level] : []));
  const environment = [...state.fields].find(([name, value]) => ENVIRONMENT.test(name) && value.trim() !== '');
  return {
    runId,
    title: state.title,
    file: state.file,
    state: state.startedAt === null ? 'unreadable' : (state.ended?.outcome ?? 'open'),
    level: levels.length === 0 ? null : Math.max(...levels),
    startedAt: state.startedAt,
    startedBy: state.startedBy,
    git: state.git,
    environment: state.setup?.environment?.name ?? environment?.[1].trim() ?? null,
    ...(state.partOf === null ? {} : { partOf: state.partOf }),
  };
}
