import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { findingWords } from '../../core/record/findingWords.ts';
import type { OutputText } from '../../core/record/recordedOutput.ts';
import { RECORD_VERSION, type NewEvent, type OutputReference, type RunEvent } from '../../core/run/events.ts';
import { UserError } from '../../core/userError.ts';
import * as errors from '../../core/userErrors.ts';
import type { EventStore } from '../../session/ports.ts';
import { AppendFile, SYSTEM_CALLS, SyncFailed, type FileCalls } from './appendFile.ts';
import { Claims } from './claims.ts';
import { encodeLine, lineHash, LONGEST_LINE } from './lines.ts';
import { WRITER_FILE } from './names.ts';
import { RunFolders } from './runFolders.ts';
import { watchHolder } from './watchHolder.ts';

export interface JsonlStoreOptions {
  /** Folder that holds a folder for each run, absolute. */
  readonly runs: string;
  /** The folder that the record must not leave: the workspace folder, or the storage. Exists. */
  readonly boundary: string;
  /** Private folder (outside the workspace) for the claims, absolute. */
  readonly claims: string;
  /** For tests that make the disk fail. */
  readonly calls?: FileCalls;
}

/** Where this store writes a run: one file, and a new one if that is taken away. */
interface Writing {
  file: AppendFile | null;
  /** Name of the file, which is this writer's id there. */
  writer: string;
  seq: number;
  prev: string | null;
  /** Last sequence seen of every other writer. */
  readonly heads: Map<string, number>;
}

/**
 * Keeps the events of runs as JSON lines, one append-only file for each writer:
 * `<runs>/<run id>/<writer id>.jsonl`. Each store is a writer of its own, so
 * that a window never appends to a file of another one or of an earlier one.
 */
export class JsonlStore implements EventStore {
  readonly #folders: RunFolders;
  readonly #claims: Claims;
  readonly #calls: FileCalls;
  readonly #writer = `w-${randomBytes(8).toString('hex')}`;
  readonly #writing = new Map<string, Writing>();
  readonly #claimed = new Set<string>();
  /** Every name that this store has written under. */
  readonly #own = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: JsonlStoreOptions) {
    this.#folders = new RunFolders(options.boundary, options.runs);
    this.#claims = new Claims(options.claims, options.runs, this.#writer);
    this.#calls = options.calls ?? SYSTEM_CALLS;
  }

  async read(runId: string): Promise<{ readonly events: readonly RunEvent[]; readonly damage: readonly string[] }> {
    try {
      const { events, findings } = await this.#folders.read(runId);
      const { heads } = this.#writingOf(runId);
      for (const { writer, seq } of events) heads.set(writer, Math.max(heads.get(writer) ?? 0, seq));
      // A newer version is no damage; the session tells it in its own way.
      return { events, damage: findings.filter(({ kind }) => kind !== 'newer').map(findingWords) };
    } catch (error) {
      throw error instanceof UserError ? error : errors.storeUnreadable(wordsOf(error));
    }
  }

  append(event: NewEvent): Promise<RunEvent> {
    return this.#inTurn(async () => {
      try {
        return await this.#append(event);
      } catch (error) {
        if (error instanceof UserError) throw error;
        const unsure = error instanceof SyncFailed ? `the disk did not confirm what was written (${error.message}). Reload the window to go on in a new file` : null;
        throw errors.notRecorded(unsure ?? wordsOf(error));
      }
    });
  }

  async saveText(runId: string, text: string, sha256?: string): Promise<void> {
    try {
      await this.#folders.saveText(runId, text, sha256);
    } catch (error) {
      throw error instanceof UserError ? error : errors.notRecorded(wordsOf(error));
    }
  }

  readText(runId: string, sha256?: string): Promise<string | null> {
    return this.#folders.readText(runId, sha256);
  }

  async saveOutput(runId: string, executionId: string, { text, cut }: OutputText): Promise<OutputReference | null> {
    try {
      const kept = await this.#folders.saveOutput(runId, executionId, text);
      return kept === null ? null : { ...kept, cut };
    } catch (error) {
      throw error instanceof UserError ? error : errors.notRecorded(wordsOf(error));
    }
  }

  readOutput(runId: string, executionId: string): Promise<string | null> {
    return this.#folders.readOutput(runId, executionId);
  }

  list(): Promise<readonly string[]> {
    return this.#folders.list();
  }

  async claim(runId: string, takeOver: boolean): Promise<string | null> {
    const holder = await this.#claims.claim(runId, takeOver).catch((error: unknown) => {
      throw errors.notRecorded(wordsOf(error));
    });
    if (holder === null) this.#claimed.add(runId);
    return holder;
  }

  holder(runId: string): Promise<string | null> {
    return this.#claims.holder(runId);
  }

  /** Whether this run was driven from this machine and folder before; a record that came with git was not. */
  isKnown(runId: string): Promise<boolean> {
    return this.#claims.isKnown(runId);
  }

  /** Names under which this run was written from this machine and folder. */
  ownWriters(runId: string): Promise<ReadonlySet<string>> {
    return this.#claims.writers(runId);
  }

  async release(runId: string): Promise<void> {
    this.#claimed.delete(runId);
    await this.#claims.release(runId);
    await this.#inTurn(async () => {
      await this.#writing.get(runId)?.file?.close();
      const writing = this.#writing.get(runId);
      if (writing !== undefined) moveOn(writing);
    });
  }

  /**
   * Calls back, a little later, whenever another writer's file of the run has
   * changed or another window holds it; returns the way to stop. Reads nothing of the record.
   */
  watch(runId: string, changed: () => void): () => void {
    const isOthers = (name: string): boolean => !this.#own.has(WRITER_FILE.exec(name)?.[1] ?? '');
    const stops = [this.#folders.watch(runId, changed, isOthers), watchHolder(() => this.#claims.holder(runId), changed)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Gives back everything that is held. The store is not used after that. */
  async dispose(): Promise<void> {
    for (const runId of [...this.#writing.keys(), ...this.#claimed]) await this.release(runId);
    this.#claims.close();
  }

  async #append(event: NewEvent): Promise<RunEvent> {
    const writing = this.#writingOf(event.run);
    const holder = this.#claimed.has(event.run) ? await this.#claims.takenOver(event.run) : null;
    if (holder !== null) throw errors.heldElsewhere(holder);
    if (writing.file !== null && !writing.file.isInPlace()) {
      // Taken away in mid-run: the gap shows, since the new file's heads name what the old one had.
      await writing.file.close();
      moveOn(writing);
    }
    const { stored, line } = placed(event, writing);
    if (line.length > LONGEST_LINE) return this.#append(shortened(event));
    this.#own.add(writing.writer);
    writing.file ??= await this.#begin(event.run, writing);
    await writing.file.append(line);
    writing.seq += 1;
    writing.prev = lineHash(line);
    return stored;
  }

  async #begin(runId: string, writing: Writing): Promise<AppendFile> {
    const folder = await this.#folders.make(runId);
    // A record that is written all the same is better than none: only other runbooks will not use what it says.
    await this.#claims.noteWriter(runId, writing.writer).catch(() => undefined);
    try {
      return await AppendFile.create(join(folder, `${writing.writer}.jsonl`), this.#calls);
    } catch (error) {
      // An empty file of that name may be left: the next attempt takes another one.
      moveOn(writing);
      throw error;
    }
  }

  #writingOf(runId: string): Writing {
    let writing = this.#writing.get(runId);
    if (writing === undefined) {
      writing = { file: null, writer: this.#writer, seq: 0, prev: null, heads: new Map() };
      this.#writing.set(runId, writing);
    }
    return writing;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** The event in its place, and its line. */
function placed({ id, run, time, actor, body }: NewEvent, { writer, seq, prev, heads }: Writing): { readonly stored: RunEvent; readonly line: Buffer } {
  const others = Object.fromEntries([...heads].filter(([other]) => other !== writer));
  const stored: RunEvent = { v: RECORD_VERSION, id, run, writer, seq: seq + 1, heads: others, prev, time, actor, body };
  return { stored, line: encodeLine(stored) };
}

/** Goes on in a new file, as a writer of its own that has seen what the old one wrote. */
function moveOn(writing: Writing): void {
  if (writing.seq > 0) writing.heads.set(writing.writer, writing.seq);
  writing.file = null;
  writing.writer = `w-${randomBytes(8).toString('hex')}`;
  writing.seq = 0;
  writing.prev = null;
}

/** Without the output, which is only observed; anything else that is so long is refused. */
function shortened(event: NewEvent): NewEvent {
  const { body } = event;
  if (body.type !== 'command.ended' || body.outputTail === null) throw errors.notRecorded(`the event is longer than ${String(LONGEST_LINE)} bytes`);
  return { ...event, body: { ...body, outputTail: null } };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOSPC') return 'the disk is full';
  return error.message;
}
