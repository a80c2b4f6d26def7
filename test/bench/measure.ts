import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Median of several measurements with the least and the greatest. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Two things measured in turns. The ratio is that of each round, so that what slows the machine slows both. */
export interface Pair {
  readonly kind: 'pair';
  readonly name: string;
  readonly unit: string;
  readonly ours: Summary;
  readonly other: Summary;
  /** What ours is held against, in a few words. */
  readonly otherName: string;
  readonly ratio: Summary;
  readonly rounds: number;
  /** What is aimed at, in words; printed beside and never asserted. */
  readonly target: string | null;
}

/** A single figure that has nothing beside it. */
export interface Fact {
  readonly kind: 'fact';
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly target: string | null;
}

export type Figure = Pair | Fact;

/** What the figures of a section are named and held against. */
export interface PairNames {
  readonly name: string;
  readonly otherName: string;
  readonly unit?: string;
  readonly target?: string;
}

/** @throws Error when there is nothing to summarise */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new Error('nothing was measured');
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : ((sorted[middle - 1] ?? min) + (sorted[middle] ?? max)) / 2;
  return { median: median ?? min, min, max };
}

/** A pair from measurements that were taken in turns: the i-th of each belong to one round. */
export function pairOf({ name, otherName, unit = 'ms', target }: PairNames, ours: readonly number[], other: readonly number[]): Pair {
  const ratios = ours.map((value, index) => value / (other[index] ?? Number.NaN));
  return { kind: 'pair', name, otherName, unit, target: target ?? null, rounds: ours.length, ours: summarise(ours), other: summarise(other), ratio: summarise(ratios) };
}

/** Measures two works in turns, and each round in the other order than the one before. */
export async function inTurns(rounds: number, ours: () => number | Promise<number>, other: () => number | Promise<number>): Promise<{ readonly ours: number[]; readonly other: number[] }> {
  const taken: { readonly ours: number[]; readonly other: number[] } = { ours: [], other: [] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'other'] as const) : (['other', 'ours'] as const);
    for (const which of order) taken[which].push(await (which === 'ours' ? ours() : other()));
  }
  return taken;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** In Node 24, and not yet in the types: what this thread has used, in microseconds. */
interface ThreadUsage {
  readonly threadCpuUsage?: () => { readonly user: number; readonly system: number };
}

/** Milliseconds of processor time of this thread: what else the machine does is not in it. */
function threadTime(): number {
  const { threadCpuUsage } = process as ThreadUsage;
  if (threadCpuUsage === undefined) return performance.now();
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1_000;
}

/**
 * Milliseconds of the calling thread for one call, the mean of `calls`, begun
 * on a clean heap so that nobody pays for another's garbage.
 */
export function timeCall(work: () => unknown, calls = 1): number {
  collectGarbage();
  const began = threadTime();
  for (let call = 0; call < calls; call += 1) work();
  return (threadTime() - began) / calls;
}

/** Bytes of the heap, and of buffers beside it, that are held as long as somebody has what `make` resolves to. */
export async function heldBy(make: () => Promise<unknown>): Promise<number> {
  const before = await settledHeap();
  const held = await make();
  const after = await settledHeap();
  // Named after the measurement, so that it cannot be given back before.
  return held === undefined ? 0 : after - before;
}

async function settledHeap(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
