import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findingWords } from '../../src/core/record/findingWords.ts';
import { fold } from '../../src/core/run/evolve.ts';
import { inspectRecord } from '../../src/node/record/inspectRecord.ts';

/** What came of killing windows again and again. */
export interface KillReport {
  readonly rounds: number;
  /** Events that the store had confirmed. */
  readonly confirmed: number;
  /** Those of them that were not there afterwards. */
  readonly lost: readonly string[];
  /** Lines that were begun and never confirmed. */
  readonly torn: number;
  /** Anything else that was found, in words. There should be nothing. */
  readonly odd: readonly string[];
  /** Steps that were shown as done without a recorded end. There should be none. */
  readonly guessed: readonly string[];
}

export interface KillOptions {
  readonly rounds: number;
  /** No round begins after so many milliseconds. */
  readonly limitMs: number;
  /** The same seed kills at the same counts of events. */
  readonly seed: number;
  readonly onRound?: (round: number, report: KillReport) => void;
}

/** A run is taken up by so many windows before the next one begins. */
const WINDOWS_OF_A_RUN = 20;

/** Starts a window that records, kills it without warning at a random point, and looks whether everything that was confirmed is there. */
export async function killRounds({ rounds, limitMs, seed, onRound }: KillOptions): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'guided-runbooks-kill-'));
  const random = randomFrom(seed);
  const began = Date.now();
  const report = { rounds: 0, confirmed: 0, lost: [] as string[], torn: 0, odd: [] as string[], guessed: [] as string[] };
  const runFolder = (run: string): string => join(folder, '.runbooks', 'runs', run);
  try {
    const program = join(folder, 'writer.mjs');
    await build({ entryPoints: [join(import.meta.dirname, 'killedWriter.ts')], outfile: program, bundle: true, platform: 'node', target: 'node20', format: 'esm', mainFields: ['module', 'main'], logLevel: 'silent' });
    const confirmed = new Map<string, string[]>();
    while (report.rounds < rounds && Date.now() - began < limitMs) {
      const shared = `S${String(Math.floor(report.rounds / WINDOWS_OF_A_RUN))}`;
      const own = `O${String(report.rounds)}`;
      const said = await runAndKill([program, folder, join(folder, 'claims'), own, shared], Math.floor(random() * 60), random() * 4);
      for (const line of said) {
        const [run = '', id = ''] = line.split(' ');
        const ids = confirmed.get(run) ?? [];
        confirmed.set(run, [...ids, id]);
      }
      report.rounds += 1;
      report.confirmed += said.length;
      for (const run of [own, shared]) await lookAt(runFolder(run), confirmed.get(run) ?? [], report);
      confirmed.delete(own);
      await rm(runFolder(own), { recursive: true, force: true });
      onRound?.(report.rounds, report);
    }
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lookAt(folder: string, confirmed: readonly string[], report: { lost: string[]; torn: number; odd: string[]; guessed: string[] }): Promise<void> {
  // Killed before it could write anything, and nothing was confirmed.
  const isEmpty = confirmed.length === 0 && !(await inspectRecord(folder).then(() => true, () => false));
  if (isEmpty) return;
  const { events, findings } = existsSync(folder) ? await inspectRecord(folder) : { events: [], findings: [] };
  const there = new Set(events.map(({ id }) => id));
  report.lost.push(...confirmed.filter((id) => !there.has(id)));
  report.torn += findings.filter(({ kind }) => kind === 'torn').length;
  report.odd.push(...findings.filter(({ kind }) => kind !== 'torn' && !(kind === 'noStart' && confirmed.length === 0)).map(findingWords));
  const ended = new Set(events.flatMap(({ body }) => (body.type === 'command.ended' ? [body.executionId] : [])));
  for (const [id, { outcome }] of fold(events).executions) if (outcome !== null && !ended.has(id)) report.guessed.push(id);
}

/** Gives back the lines that were whole when it was killed: after so many of them and a moment (milliseconds). */
function runAndKill(args: readonly string[], after: number, moment: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let isOver = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (isOver || said.split('\n').length <= after) return;
      isOver = true;
      // Where in the next write it strikes is up to chance: that is what this is for.
      setTimeout(() => child.kill('SIGKILL'), moment);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === null) resolve(said.split('\n').slice(0, -1));
      else reject(new Error(`the window ended by itself with ${String(code)}`));
    });
  });
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
