import { type RunFacts, type RunReference, type StatusFact, timeOf } from './runFacts.ts';

/** A backup that was made, and what has become of it. */
export interface RecordedBackup {
  readonly of: string;
  readonly name: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  readonly run: RunReference;
  /** The run that made it, or another one of its package, has not ended. */
  readonly isOfOpenRun: boolean;
  readonly state: 'kept' | 'pruned' | 'undone';
}

/** Why a backup stays: it is among those that are kept, or its run goes on. */
export interface Staying {
  readonly backup: RecordedBackup;
  readonly because: 'kept' | 'openRun';
}

/** What removing those that are too many would leave and take, each oldest first. */
export interface Pruning {
  readonly goes: readonly RecordedBackup[];
  readonly stays: readonly Staying[];
}

/** Facts of runs in one environment, oldest first; at the same moment in the order of their runs. */
export function factsOf(runs: readonly RunFacts[], environment: string | null): readonly { readonly run: RunFacts; readonly fact: StatusFact }[] {
  const all = runs.filter((run) => run.environment === environment).flatMap((run) => run.facts.map((fact) => ({ run, fact, time: timeOf(fact.at) })));
  return all.sort((a, b) => a.time - b.time || (a.run.runId < b.run.runId ? -1 : a.run.runId > b.run.runId ? 1 : 0));
}

/** Every backup of an environment (null: of runs without one), oldest first. A name that was made again is the later one. */
export function ledgerOf(runs: readonly RunFacts[], environment: string | null): readonly RecordedBackup[] {
  const known = new Map<string, RecordedBackup>();
  const open = new Set(runs.filter(({ isOpen }) => isOpen).map((run) => packageOf(runs, run.runId)));
  const change = (of: string, name: string, state: RecordedBackup['state']): void => {
    const backup = known.get(keyOf(of, name));
    if (backup !== undefined) known.set(keyOf(of, name), { ...backup, state });
  };
  for (const { run, fact } of factsOf(runs, environment)) {
    if (fact.kind === 'made') {
      const { runId, title, file } = run;
      // Taken out first, so that it stands at its new time.
      known.delete(keyOf(fact.of, fact.name));
      known.set(keyOf(fact.of, fact.name), { of: fact.of, name: fact.name, at: fact.at, run: { runId, title, file }, isOfOpenRun: open.has(packageOf(runs, runId)), state: 'kept' });
    } else if (fact.kind === 'undone') change(fact.of, fact.name, 'undone');
    else if (fact.kind === 'pruned') for (const name of fact.names) change(fact.of, name, 'pruned');
  }
  return [...known.values()];
}

/**
 * Which backups of a kind are too many. The newest ones stay, and so does what
 * a run made that goes on: its way back may need it.
 * @param keep how many are kept; null: all
 */
export function pruningOf(ledger: readonly RecordedBackup[], of: string, keep: number | null): Pruning {
  const there = ledger.filter((backup) => backup.of === of && backup.state === 'kept');
  const surplus = keep === null ? 0 : Math.max(0, there.length - keep);
  const goes = there.slice(0, surplus).filter(({ isOfOpenRun }) => !isOfOpenRun);
  const stays = there.flatMap((backup, place): readonly Staying[] => (goes.includes(backup) ? [] : [{ backup, because: place < surplus ? 'openRun' : 'kept' }]));
  return { goes, stays };
}

/** The backup that a restore uses: the newest that the run itself or its package made, else the newest of its environment; null: none is there. */
export function backupToRestore(ledger: readonly RecordedBackup[], of: string, runs: readonly RunFacts[], runId: string): RecordedBackup | null {
  const there = ledger.filter((backup) => backup.of === of && backup.state === 'kept');
  const own = packageOf(runs, runId);
  return there.findLast(({ run }) => packageOf(runs, run.runId) === own) ?? there.at(-1) ?? null;
}

/** Runs that are parts of each other are in no deeper a tree than this. */
const DEEPEST = 20;

/** Id of the run that a run is in the end a part of: itself when it is one of its own. */
export function packageOf(runs: readonly RunFacts[], runId: string): string {
  const parents = parentsOf(runs);
  let root = runId;
  for (let depth = 0; depth < DEEPEST; depth += 1) root = parents.get(root) ?? root;
  return root;
}

const known = new WeakMap<readonly RunFacts[], ReadonlyMap<string, string>>();

function parentsOf(runs: readonly RunFacts[]): ReadonlyMap<string, string> {
  let parents = known.get(runs);
  if (parents === undefined) known.set(runs, (parents = new Map(runs.flatMap(({ runId, partOf }) => (partOf === null ? [] : [[runId, partOf] as const])))));
  return parents;
}

function keyOf(of: string, name: string): string {
  return JSON.stringify([of, name]);
}
