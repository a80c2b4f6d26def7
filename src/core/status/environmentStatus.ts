import type { ChecksFact } from './checksIn.ts';
import { factsOf, ledgerOf, type RecordedBackup } from './ledger.ts';
import { changesEnvironment, type RunFacts, type RunReference, type StatusFact, timeOf } from './runFacts.ts';

/** A value that a block has stated, when, and in which run. */
export interface Stated {
  readonly value: string;
  readonly at: string;
  readonly run: RunReference;
}

/** What is known of an environment from the records of its runs. Null: not known, or there is none. */
export interface EnvironmentStatus {
  /** Null: runs without an environment. */
  readonly environment: string | null;
  readonly release: Stated | null;
  readonly commit: Stated | null;
  readonly schema: Stated | null;
  /** What is deployed was known and is not any more, since when and why. */
  readonly unknownSince: { readonly at: string; readonly because: string; readonly run: RunReference } | null;
  /** A deployment, or the rollback that is named, that began after what is stated and has not succeeded. */
  readonly unfinished: { readonly at: string; readonly outcome: 'running' | 'failed' | 'unknown'; readonly rollback: string | null; readonly run: RunReference } | null;
  readonly lastCheck: (ChecksFact & { readonly run: RunReference }) | null;
  /** The newest backup that is still there; none that a rollback made. */
  readonly lastBackup: RecordedBackup | null;
  /** Those that are still there, oldest first. */
  readonly backups: readonly RecordedBackup[];
  /** How many runs of it are recorded. */
  readonly runs: number;
}

type Deployed = Pick<EnvironmentStatus, 'release' | 'commit' | 'schema' | 'unknownSince' | 'unfinished'> & {
  /** The block that did not succeed, if it was one: its own success later ends that. */
  readonly block: string | null;
};

const NOTHING: Deployed = { release: null, commit: null, schema: null, unknownSince: null, unfinished: null, block: null };

/** Every environment that runs were made for, by name, then the runs without one if they say anything. */
export function environmentsIn(runs: readonly RunFacts[]): readonly EnvironmentStatus[] {
  const names = [...new Set(runs.flatMap(({ environment }) => environment ?? []))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const without = runs.some(({ environment, facts, checks }) => environment === null && (facts.some(({ kind }) => kind !== 'rolledBack') || checks !== null));
  return [...names, ...(without ? [null] : [])].map((name) => statusOf(runs, name));
}

/** What the records say of one environment. */
export function statusOf(runs: readonly RunFacts[], environment: string | null): EnvironmentStatus {
  const facts = factsOf(runs, environment);
  const { release, commit, schema, unknownSince, unfinished } = facts.reduce<Deployed>((known, { run, fact }) => after(known, fact, referenceOf(run)), NOTHING);
  const backups = ledgerOf(runs, environment).filter(({ state }) => state === 'kept');
  const mine = runs.filter((run) => run.environment === environment);
  const checked = mine.reduce<RunFacts | null>((last, run) => (run.checks !== null && (last?.checks == null || timeOf(run.checks.at) > timeOf(last.checks.at)) ? run : last), null);
  // What was checked before the last change was another state.
  const changed = facts.findLast(({ fact }) => changesEnvironment(fact))?.fact.at ?? '';
  return { environment, release, commit, schema, unknownSince, unfinished, lastCheck: checked?.checks == null || timeOf(checked.checks.at) < timeOf(changed) ? null : { ...checked.checks, run: referenceOf(checked) }, lastBackup: backups.findLast(({ isSafetyCopy }) => !isSafetyCopy) ?? null, backups, runs: mine.length };
}

function after(known: Deployed, fact: StatusFact, run: RunReference): Deployed {
  switch (fact.kind) {
    case 'stated':
      return afterStated(known, fact, run);
    case 'tried':
      if (fact.rollback !== undefined && isNothing(known)) return known;
      return { ...known, unfinished: { at: fact.at, outcome: fact.outcome, rollback: fact.rollback ?? null, run }, block: fact.block ?? null };
    case 'rolledBack':
      // Where nothing was ever stated, nothing becomes unknown.
      return isNothing(known) ? known : { ...NOTHING, unknownSince: { at: fact.at, because: fact.name, run } };
    case 'restored':
      // The schema is another one, and what is deployed may not fit it.
      return isNothing(known) ? known : { ...NOTHING, unknownSince: known.unknownSince ?? { at: fact.at, because: `a restore of ${fact.of}`, run }, unfinished: known.unfinished, block: known.block };
    default:
      return known;
  }
}

function afterStated(known: Deployed, { at, block, release, commit, schema }: Extract<StatusFact, { kind: 'stated' }>, run: RunReference): Deployed {
  const stated = (value: string): Stated => ({ value, at, run });
  const now = (value: string | null | undefined, before: Stated | null): Stated | null => (value === undefined ? before : value === null || value === '' ? null : stated(value));
  const values = { release: now(release, known.release), commit: now(commit, known.commit), schema: now(schema, known.schema) };
  const isSettled = block !== undefined && block === known.block;
  if (release === undefined) return { ...known, ...values, ...(isSettled ? { unfinished: null, block: null } : {}) };
  // The commit of another run belongs to what was deployed there.
  const own = commit === undefined && known.commit?.run.runId !== run.runId ? null : values.commit;
  return { ...values, commit: own, unfinished: null, block: null, unknownSince: values.release === null ? { at, because: 'a deployment whose release has no value', run } : null };
}

function isNothing({ release, commit, schema, unknownSince, unfinished }: Deployed): boolean {
  return release === null && commit === null && schema === null && unknownSince === null && unfinished === null;
}

function referenceOf({ runId, title, file }: RunFacts): RunReference {
  return { runId, title, file };
}
