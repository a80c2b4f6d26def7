import { rollbackName } from '../rollback/levelName.ts';
import { rollbackById, type RollbackPhase, rollbackProgress } from '../rollback/progress.ts';
import { mayHaveRun, succeeded, verdict } from '../run/outcome.ts';
import type { ExecutionState, RollbackState, RunState, StatedValues } from '../run/state.ts';
import { problemWithBackupName } from './backupVariables.ts';
import { checksIn, type ChecksFact } from './checksIn.ts';
import { beganAt, cameTo, comparePlaces, doneAt, type Place } from './recordOrder.ts';
import { environmentNameOf } from '../run/setup/environmentNameOf.ts';

/** What a run did to its environment that outlives it, in the order of its record. Times are ISO 8601. */
export type StatusFact =
  /** A backup was made; `inRollback`: of what was broken by then. */
  | { readonly kind: 'made'; readonly at: string; readonly of: string; readonly name: string; readonly inRollback?: true }
  /** What made it was undone. */
  | { readonly kind: 'undone'; readonly at: string; readonly of: string; readonly name: string }
  | { readonly kind: 'pruned'; readonly at: string; readonly of: string; readonly names: readonly string[] }
  | { readonly kind: 'restored'; readonly at: string; readonly of: string; readonly name: string }
  /** `block` is the same in every run of the runbook. */
  | ({ readonly kind: 'stated'; readonly at: string; readonly block?: string } & StatedValues)
  /** A block that says what is deployed once it succeeds, or a whole rollback (named) began, and it did not succeed, or not yet. */
  | { readonly kind: 'tried'; readonly at: string; readonly outcome: 'running' | 'failed' | 'unknown'; readonly block?: string; readonly rollback?: string }
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
  /** It was driven from this machine and folder; what a record says that came with git is believed less. */
  readonly isDriven: boolean;
  /** It tells of times that are yet to come: a clock was wrong. */
  readonly isAhead: boolean;
  readonly facts: readonly StatusFact[];
  /** How many names of backups in its record can be none; they are left out of the facts. */
  readonly misnamed: number;
  /** What its checks said since it last changed what is deployed; null: none was run. */
  readonly checks: ChecksFact | null;
}

/** A fact, and where it stands in the record. */
interface Placed {
  readonly place: Place;
  readonly fact: StatusFact;
}

/** Null when the record has no start, so that nothing can be said of it. */
export function runFactsOf(state: RunState): RunFacts | null {
  if (state.runId === null || state.startedAt === null) return null;
  const { runId, title, file } = state;
  const placed = factsIn(state);
  const named = placed.map(withGoodNames);
  const changed = placed.findLast(({ fact }) => changesEnvironment(fact));
  return { runId, title, file, environment: environmentNameOf(state), isOpen: state.ended === null, partOf: state.partOf?.runId ?? null, isDriven: false, isAhead: false, facts: inTime(named.flatMap(({ fact }) => fact ?? [])), misnamed: named.reduce((sum, { bad }) => sum + bad, 0), checks: checksIn(state, changed?.place ?? null) };
}

/** Whether what was checked before has been changed by it. */
export function changesEnvironment({ kind }: StatusFact): boolean {
  return kind === 'stated' || kind === 'rolledBack' || kind === 'restored';
}

/** In the order of the record. */
function factsIn(state: RunState): readonly Placed[] {
  const begun = new Set<string>();
  const placed = [...state.executions.values()].flatMap((execution): readonly Placed[] => {
    const ended = cameTo(execution);
    const after = [...undoneBy(state, execution), ...doneBy(state, execution)].map((fact) => ({ place: fact.kind === 'tried' ? beganAt(execution) : ended, fact }));
    return [...beginOfRollback(state, execution, begun).map((fact) => ({ place: beganAt(execution), fact })), ...after];
  });
  const left = [...state.rollbacks, ...state.rehearsals].filter(({ rollbackId }) => begun.has(rollbackId)).flatMap((rollback) => leftUndone(state, rollback));
  return [...placed, ...left].sort((a, b) => comparePlaces(a.place, b.place));
}

/** The order is that of the record: a clock that was set back does not change it, so nothing is earlier than what was before it. */
function inTime(facts: readonly StatusFact[]): readonly StatusFact[] {
  let last = '';
  return facts.map((fact) => {
    if (timeOf(fact.at) >= timeOf(last)) last = fact.at;
    return { ...fact, at: last === '' ? fact.at : last };
  });
}

/** Without names that no block could have been given: they came in by another way, and could be read as others. */
function withGoodNames({ fact }: Placed): { readonly fact: StatusFact | null; readonly bad: number } {
  if (fact.kind === 'pruned') {
    const names = fact.names.filter((name) => problemWithBackupName(name) === null);
    return { fact: names.length === 0 ? null : { ...fact, names }, bad: fact.names.length - names.length };
  }
  const isBad = (fact.kind === 'made' || fact.kind === 'undone' || fact.kind === 'restored') && problemWithBackupName(fact.name) !== null;
  // That something was restored counts also when its name does not.
  return isBad ? { fact: fact.kind === 'restored' ? { ...fact, name: 'not known' } : null, bad: 1 } : { fact, bad: 0 };
}

/** A time that cannot be read is before all others. */
export function timeOf(at: string): number {
  return Date.parse(at) || 0;
}

/** Clocks of two machines differ by less, in milliseconds. */
const CLOCKS_DIFFER_MS = 60_000;

/** Whether a recorded time is later than now, so that a clock was wrong. @param now milliseconds since 1970 */
export function isYetToCome(at: string, now: number): boolean {
  return timeOf(at) > now + CLOCKS_DIFFER_MS;
}

function beginOfRollback(state: RunState, { owner, index, startedAt, outcome }: ExecutionState, begun: Set<string>): readonly StatusFact[] {
  if (owner.kind !== 'rollback' || begun.has(owner.rollbackId) || outcome?.kind === 'notStarted' || outcome?.kind === 'unneeded') return [];
  const rollback = rollbackById(state, owner.rollbackId);
  // What verifies it changes nothing.
  if (rollback?.commands[index]?.purpose !== 'undo') return [];
  begun.add(owner.rollbackId);
  return [{ kind: 'rolledBack', at: startedAt, name: rollbackName(rollback.level, rollback.rehearsal !== null) }];
}

/** A rollback that has begun and not succeeded leaves what nobody has described. */
function leftUndone(state: RunState, rollback: RollbackState): readonly Placed[] {
  const last = rollback.executionIds.flatMap((id) => state.executions.get(id) ?? []).reduce<ExecutionState | null>((latest, each) => (latest === null || comparePlaces(cameTo(each), cameTo(latest)) > 0 ? each : latest), null);
  const { phase } = rollbackProgress(state, rollback);
  if (last === null || phase === 'succeeded') return [];
  return [{ place: cameTo(last), fact: { kind: 'tried', at: doneAt(last) ?? last.startedAt, outcome: OUTCOMES[phase], rollback: rollbackName(rollback.level, rollback.rehearsal !== null) } }];
}

const OUTCOMES: Readonly<Record<Exclude<RollbackPhase, 'succeeded'>, 'running' | 'failed' | 'unknown'>> = { running: 'running', paused: 'running', failed: 'failed', abandoned: 'failed', unknown: 'unknown' };

/** Backups of the steps that an undo block took back. */
function undoneBy(state: RunState, execution: ExecutionState): readonly StatusFact[] {
  const { owner, index, startedAs } = execution;
  const at = doneAt(execution);
  if (owner.kind !== 'rollback' || at === null || !succeeded(execution)) return [];
  const undoes = rollbackById(state, owner.rollbackId)?.commands[index]?.undoes ?? [];
  return undoes.flatMap((stepId) => (state.steps.get(stepId)?.executionIds ?? []).flatMap((id): readonly StatusFact[] => {
    const made = state.executions.get(id);
    if (made === undefined || made.startedAs > startedAs || made.backup?.act !== 'makes' || made.captured === undefined || !succeeded(made)) return [];
    return [{ kind: 'undone', at, of: made.backup.of, name: made.captured }];
  }));
}

function doneBy(state: RunState, execution: ExecutionState): readonly StatusFact[] {
  const { owner, backup, states, stated, captured, startedAt, isProbe } = execution;
  if (isProbe) return [];
  const at = doneAt(execution);
  const block = blockOf(state, execution);
  if (at === null || !succeeded(execution)) {
    if (states === undefined || !mayHaveRun(execution)) return [];
    const said = verdict(execution);
    return [{ kind: 'tried', at: startedAt, outcome: said === 'running' ? 'running' : said === 'unknown' ? 'unknown' : 'failed', block }];
  }
  const facts: StatusFact[] = [];
  if (backup?.act === 'makes' && captured !== undefined && captured !== '') facts.push({ kind: 'made', at, of: backup.of, name: captured, ...(owner.kind === 'rollback' ? { inRollback: true } : {}) });
  if (backup?.act === 'prunes' && backup.names.length > 0) facts.push({ kind: 'pruned', at, of: backup.of, names: backup.names });
  if (backup?.act === 'restores') facts.push({ kind: 'restored', at, of: backup.of, name: backup.name });
  if (stated !== undefined) facts.push({ kind: 'stated', at, block, ...stated });
  return facts;
}

/** The same for a block in every run of its runbook, as long as it stays where it is. */
function blockOf(state: RunState, { owner, index }: ExecutionState): string {
  if (owner.kind === 'step') return JSON.stringify([state.file, 'step', owner.stepId, index]);
  const rollback = rollbackById(state, owner.rollbackId);
  return JSON.stringify([state.file, 'level', rollback?.level, rollback?.commands[index]?.undoes ?? index]);
}
