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
  /** A rollback made it, so it holds what was broken by then: it is never restored by itself. */
  readonly isSafetyCopy: boolean;
  /** Its run tells of times that are yet to come: it is not known to be newer than others. */
  readonly isAhead: boolean;
  readonly state: 'kept' | 'pruned' | 'undone';
}

/** Why a backup stays: it is among those that are kept, its run goes on, or it is not counted: a rollback made it, or its time is yet to come. */
export interface Staying {
  readonly backup: RecordedBackup;
  readonly because: 'kept' | 'openRun' | 'safetyCopy' | 'ahead';
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
      known.set(keyOf(fact.of, fact.name), { of: fact.of, name: fact.name, at: fact.at, run: { runId, title, file }, isOfOpenRun: open.has(packageOf(runs, runId)), isSafetyCopy: fact.inRollback === true, isAhead: run.isAhead, state: 'kept' });
    } else if (fact.kind === 'undone') change(fact.of, fact.name, 'undone');
    else if (fact.kind === 'pruned') for (const name of fact.names) change(fact.of, name, 'pruned');
  }
  return [...known.values()];
}

/**
 * Which backups of a kind are too many. The newest ones stay, and so does what
 * a run made that goes on: its way back may need it. What a rollback made and
 * what has a time that is yet to come stay beside them: they push nothing out.
 * @param keep how many are kept; null: all
 */
export function pruningOf(ledger: readonly RecordedBackup[], of: string, keep: number | null): Pruning {
  const there = ledger.filter((backup) => backup.of === of && backup.state === 'kept');
  const counted = there.filter(({ isSafetyCopy, isAhead }) => !isSafetyCopy && !isAhead);
  const surplus = keep === null ? 0 : Math.max(0, counted.length - keep);
  const tooMany = new Set(counted.slice(0, surplus));
  const goes = [...tooMany].filter(({ isOfOpenRun }) => !isOfOpenRun);
  const stays = there.filter((backup) => !goes.includes(backup)).map((backup): Staying => ({ backup, because: whyItStays(backup, tooMany.has(backup)) }));
  return { goes, stays };
}

function whyItStays({ isSafetyCopy, isAhead }: RecordedBackup, isTooMany: boolean): Staying['because'] {
  if (isTooMany) return 'openRun';
  return isSafetyCopy ? 'safetyCopy' : isAhead ? 'ahead' : 'kept';
}

/**
 * The backup that a restore uses: the newest that the run itself made, else its
 * package, else any run of its environment; of those of others one whose time
 * is yet to come only when there is no other. Null: none is there.
 */
export function backupToRestore(ledger: readonly RecordedBackup[], of: string, runs: readonly RunFacts[], runId: string): RecordedBackup | null {
  const there = ledger.filter((backup) => backup.of === of && backup.state === 'kept' && !backup.isSafetyCopy);
  const inPackage = there.filter(({ run }) => isOfPackage(runs, run.runId, runId));
  const newest = (some: readonly RecordedBackup[]): RecordedBackup | undefined => some.findLast(({ isAhead }) => !isAhead) ?? some.at(-1);
  // The order within one record is that of its events, whatever its clock said.
  return there.findLast(({ run }) => run.runId === runId) ?? newest(inPackage) ?? newest(there) ?? null;
}

/** Whether a run belongs to the package of another one. Only runs that were driven from here are believed, since what comes with git may say so of itself. */
export function isOfPackage(runs: readonly RunFacts[], maker: string, runId: string): boolean {
  if (runs.find((run) => run.runId === maker)?.isDriven !== true) return false;
  const parents = parentsOf(runs, drivenParents, ({ isDriven }) => isDriven);
  return rootOf(parents, maker) === rootOf(parents, runId);
}

/** Runs that are parts of each other are in no deeper a tree than this. */
const DEEPEST = 20;

/** Id of the run that a run is in the end a part of: itself when it is one of its own. */
export function packageOf(runs: readonly RunFacts[], runId: string): string {
  return rootOf(parentsOf(runs, allParents, () => true), runId);
}

function rootOf(parents: ReadonlyMap<string, string>, runId: string): string {
  let root = runId;
  for (let depth = 0; depth < DEEPEST; depth += 1) root = parents.get(root) ?? root;
  return root;
}

type Parents = WeakMap<readonly RunFacts[], ReadonlyMap<string, string>>;

const allParents: Parents = new WeakMap();
const drivenParents: Parents = new WeakMap();

function parentsOf(runs: readonly RunFacts[], known: Parents, isBelieved: (run: RunFacts) => boolean): ReadonlyMap<string, string> {
  let parents = known.get(runs);
  if (parents === undefined) known.set(runs, (parents = new Map(runs.flatMap((run) => (run.partOf === null || !isBelieved(run) ? [] : [[run.runId, run.partOf] as const])))));
  return parents;
}

function keyOf(of: string, name: string): string {
  return JSON.stringify([of, name]);
}
