import { rollbackName } from '../rollback/levelName.ts';
import { rollbackById } from '../rollback/progress.ts';
import { mayHaveRun, succeeded, verdict } from '../run/outcome.ts';
import type { ExecutionState, RunState, StatedValues } from '../run/state.ts';
import { checksIn, type ChecksFact } from './checksIn.ts';

/** What a run did to its environment that outlives it, in the order of its record. Times are ISO 8601. */
export type StatusFact =
  /** A backup was made. */
  | { readonly kind: 'made'; readonly at: string; readonly of: string; readonly name: string }
  /** What made it was undone. */
  | { readonly kind: 'undone'; readonly at: string; readonly of: string; readonly name: string }
  | { readonly kind: 'pruned'; readonly at: string; readonly of: string; readonly names: readonly string[] }
  | { readonly kind: 'restored'; readonly at: string; readonly of: string; readonly name: string }
  | ({ readonly kind: 'stated'; readonly at: string } & StatedValues)
  /** A block began that says what is deployed once it succeeds, and it did not, or not yet. */
  | { readonly kind: 'tried'; readonly at: string; readonly outcome: 'running' | 'failed' | 'unknown' }
  /** A rollback began: what was deployed before is not known to be there any more. */
  | { readonly kind: 'rolledBack'; readonly at: string; readonly name: string };

/** A run, as a status names it. */
export interface RunReference {
  readonly runId: string;
  readonly title: string;
  /** The runbook's path as the record has it. */
  readonly file: string;
}

/** All that a status takes from the record of a run. */
export interface RunFacts extends RunReference {
  /** Name of its environment; null: it has none. */
  readonly environment: string | null;
  /** It has not ended. */
  readonly isOpen: boolean;
  /** Id of the run that it is a part of; null: it is one of its own. */
  readonly partOf: string | null;
  readonly facts: readonly StatusFact[];
  /** What its checks said; null: none was run. */
  readonly checks: ChecksFact | null;
}

/** Null when the record has no start, so that nothing can be said of it. */
export function runFactsOf(state: RunState): RunFacts | null {
  if (state.runId === null || state.startedAt === null) return null;
  const { runId, title, file } = state;
  return { runId, title, file, environment: state.setup?.environment?.name ?? null, isOpen: state.ended === null, partOf: state.partOf?.runId ?? null, facts: factsIn(state), checks: checksIn(state) };
}

function factsIn(state: RunState): readonly StatusFact[] {
  const begun = new Set<string>();
  const facts = [...state.executions.values()].flatMap((execution) => [...beginOfRollback(state, execution, begun), ...undoneBy(state, execution), ...doneBy(execution)]);
  return inTime(facts);
}

/** What happened at the same moment stays in the order of the record. */
function inTime(facts: readonly StatusFact[]): readonly StatusFact[] {
  return [...facts].sort((a, b) => timeOf(a.at) - timeOf(b.at));
}

/** A time that cannot be read is before all others. */
export function timeOf(at: string): number {
  return Date.parse(at) || 0;
}

function beginOfRollback(state: RunState, { owner, index, startedAt, outcome }: ExecutionState, begun: Set<string>): readonly StatusFact[] {
  if (owner.kind !== 'rollback' || begun.has(owner.rollbackId) || outcome?.kind === 'notStarted' || outcome?.kind === 'unneeded') return [];
  const rollback = rollbackById(state, owner.rollbackId);
  // What verifies it changes nothing.
  if (rollback?.commands[index]?.purpose !== 'undo') return [];
  begun.add(owner.rollbackId);
  return [{ kind: 'rolledBack', at: startedAt, name: rollbackName(rollback.level, rollback.rehearsal !== null) }];
}

/** Backups of the steps that an undo block took back. */
function undoneBy(state: RunState, execution: ExecutionState): readonly StatusFact[] {
  const { owner, index, endedAt, startedAs } = execution;
  if (owner.kind !== 'rollback' || endedAt === null || !succeeded(execution)) return [];
  const undoes = rollbackById(state, owner.rollbackId)?.commands[index]?.undoes ?? [];
  return undoes.flatMap((stepId) => (state.steps.get(stepId)?.executionIds ?? []).flatMap((id): readonly StatusFact[] => {
    const made = state.executions.get(id);
    if (made === undefined || made.startedAs > startedAs || made.backup?.act !== 'makes' || made.captured === undefined || !succeeded(made)) return [];
    return [{ kind: 'undone', at: endedAt, of: made.backup.of, name: made.captured }];
  }));
}

function doneBy(execution: ExecutionState): readonly StatusFact[] {
  const { backup, states, stated, captured, startedAt, endedAt, isProbe } = execution;
  if (isProbe) return [];
  if (endedAt === null || !succeeded(execution)) {
    if (states === undefined || !mayHaveRun(execution)) return [];
    const said = verdict(execution);
    return [{ kind: 'tried', at: startedAt, outcome: said === 'running' ? 'running' : said === 'unknown' ? 'unknown' : 'failed' }];
  }
  const facts: StatusFact[] = [];
  if (backup?.act === 'makes' && captured !== undefined && captured !== '') facts.push({ kind: 'made', at: endedAt, of: backup.of, name: captured });
  if (backup?.act === 'prunes' && backup.names.length > 0) facts.push({ kind: 'pruned', at: endedAt, of: backup.of, names: backup.names });
  if (backup?.act === 'restores') facts.push({ kind: 'restored', at: endedAt, of: backup.of, name: backup.name });
  if (stated !== undefined) facts.push({ kind: 'stated', at: endedAt, ...stated });
  return facts;
}
