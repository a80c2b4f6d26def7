import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { appendFile, link, mkdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isAlive, ownIdentity } from './processIdentity.ts';
import { codeOf } from './failure.ts';

const claimSchema = v.object({ writer: v.string(), pid: v.pipe(v.number(), v.integer(), v.minValue(1)), start: v.nullable(v.string()), since: v.string() });
type Claim = v.InferOutput<typeof claimSchema>;

/** Writers of this process that are at work; also seen by another copy of this code in the same process. */
const HERE = Symbol.for('guided-runbooks.writers');
const shared = globalThis as { [HERE]?: Set<string> };

/**
 * Who may drive a run on this machine: a small file for each run in a private
 * folder, with the process that holds it. A holder that is dead holds nothing.
 */
export class Claims {
  readonly #folder: string;
  readonly #writer: string;
  readonly #scope: string;
  /** What told the claim file of a run apart when it was last seen to be ours. */
  readonly #marks = new Map<string, string>();

  /** `folder`: private, absolute. `scope`: tells runs of different places apart, e.g. the path of their record. */
  constructor(folder: string, scope: string, writer: string) {
    this.#folder = folder;
    this.#scope = scope;
    this.#writer = writer;
    (shared[HERE] ??= new Set()).add(writer);
  }

  /** Claims a run. Null when it is ours, else words about who holds it. Passes errors of the file system on. */
  async claim(runId: string, takeOver: boolean): Promise<string | null> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#path(runId);
    // Stays when the claim is given back: says that this run was driven from this machine and folder.
    await writeFile(this.#knownPath(runId), '', { mode: 0o600 });
    const mine: Claim = { writer: this.#writer, ...ownIdentity(), since: new Date().toISOString() };
    const temporary = `${path}.${this.#writer}`;
    await writeFile(temporary, JSON.stringify(mine), { mode: 0o600 });
    try {
      if (!takeOver && (await putIfFree(temporary, path))) return null;
      const holder = await this.holder(runId);
      if (holder !== null && !takeOver) return holder;
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
    // Two windows may have found the same dead holder at once: the last one to write holds it.
    return this.holder(runId);
  }

  /**
   * The same for a run that this writer has claimed, in little time: the file
   * is read only when it is another one than when it was last ours.
   */
  async takenOver(runId: string): Promise<string | null> {
    const mark = this.#mark(runId);
    if (mark !== null && mark === this.#marks.get(runId)) return null;
    const claim = await this.#read(runId);
    if (claim?.writer === this.#writer && mark !== null) this.#marks.set(runId, mark);
    return this.holder(runId);
  }

  /** Words about the living window that holds a run, or null when it is ours or nobody's. */
  async holder(runId: string): Promise<string | null> {
    const claim = await this.#read(runId);
    if (claim === null || claim.writer === this.#writer || !this.#lives(claim)) return null;
    const where = claim.pid === process.pid ? 'Another panel of this window' : `Another window of this machine (process ${String(claim.pid)})`;
    return `${where} drives this run since ${claim.since.slice(0, 16).replace('T', ' ')} UTC.`;
  }

  /**
   * Whether somebody has driven this run from this machine and folder before.
   * Unlike the names in a record, this does not come with a pull request.
   */
  isKnown(runId: string): Promise<boolean> {
    return wasDriven(this.#folder, this.#scope, runId);
  }

  /** Keeps that a file of a run is about to be written from this machine and folder. */
  async noteWriter(runId: string, writer: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await appendFile(this.#writersPath(runId), `${writer}\n`, { mode: 0o600 });
  }

  /** Names under which files of a run were written from this machine and folder. What else lies there came from somewhere else. */
  async writers(runId: string): Promise<ReadonlySet<string>> {
    const text = await readFile(this.#writersPath(runId), 'utf8').catch(() => '');
    return new Set(text.split('\n').filter((line) => line !== ''));
  }

  /** Gives a run back. */
  async release(runId: string): Promise<void> {
    const claim = await this.#read(runId);
    if (claim?.writer === this.#writer) await unlink(this.#path(runId)).catch(() => undefined);
  }

  /** Says that this writer is no longer at work. */
  close(): void {
    shared[HERE]?.delete(this.#writer);
  }

  #lives(claim: Claim): boolean {
    return claim.pid === process.pid ? shared[HERE]?.has(claim.writer) === true && isAlive(claim) : isAlive(claim);
  }

  async #read(runId: string): Promise<Claim | null> {
    try {
      const result = v.safeParse(claimSchema, JSON.parse(await readFile(this.#path(runId), 'utf8')));
      return result.success ? result.output : null;
    } catch {
      return null;
    }
  }

  /** Changes with every claim, also by one of the same content. Null without a file. */
  #mark(runId: string): string | null {
    try {
      // At once: waiting for an answer takes longer than the question, before every event.
      const { ino, ctimeNs, mtimeNs } = statSync(this.#path(runId), { bigint: true });
      return `${String(ino)} ${String(ctimeNs)} ${String(mtimeNs)}`;
    } catch {
      return null;
    }
  }

  #path(runId: string): string {
    return join(this.#folder, `${this.#key(runId)}.claim`);
  }

  #knownPath(runId: string): string {
    return knownPath(this.#folder, this.#scope, runId);
  }

  #writersPath(runId: string): string {
    return join(this.#folder, `${this.#key(runId)}.writers`);
  }

  #key(runId: string): string {
    return keyOf(this.#scope, runId);
  }
}

/** The same for whoever drives nothing: `folder` and `scope` as for Claims. */
export function wasDriven(folder: string, scope: string, runId: string): Promise<boolean> {
  return stat(knownPath(folder, scope, runId)).then(() => true, () => false);
}

function knownPath(folder: string, scope: string, runId: string): string {
  return join(folder, `${keyOf(scope, runId)}.known`);
}

function keyOf(scope: string, runId: string): string {
  return createHash('sha256').update(`${scope}\0${runId}`).digest('hex').slice(0, 32);
}

/** Puts a file in its place unless there is one already. */
async function putIfFree(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // A file system without hard links: the look at the holder has to do.
    return false;
  }
}
