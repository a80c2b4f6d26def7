import { createHash } from 'node:crypto';
import type { OutputText } from '../../src/core/record/recordedOutput.ts';
import { RECORD_VERSION, type NewEvent, type OutputReference, type RunEvent } from '../../src/core/run/events.ts';
import * as errors from '../../src/core/userErrors.ts';
import type { EventStore } from '../../src/session/ports.ts';

/** What outlives a window: records, texts and claims. */
export class MemoryDisk {
  readonly events = new Map<string, RunEvent[]>();
  readonly texts = new Map<string, string>();
  readonly outputs = new Map<string, string>();
  readonly claims = new Map<string, MemoryStore>();
  /** Writers whose window was closed without a word. */
  readonly dead = new Set<MemoryStore>();
  /** The next append but so many fails; null: none does. */
  failAppendIn: number | null = null;
  /** Appends fail until this is false again. */
  isFull = false;
  /** Called when an event is about to be written. */
  onAppend: (event: NewEvent) => void = () => undefined;

  eventsOf(runId: string): readonly RunEvent[] {
    return this.events.get(runId) ?? [];
  }
}

/** An event store of one window on a disk that is shared with others. */
export class MemoryStore implements EventStore {
  readonly #disk: MemoryDisk;
  readonly #writer: string;

  constructor(disk: MemoryDisk, writer: string) {
    this.#disk = disk;
    this.#writer = writer;
  }

  get writer(): string {
    return this.#writer;
  }

  read(runId: string): Promise<{ readonly events: readonly RunEvent[]; readonly damage: readonly string[] }> {
    return Promise.resolve({ events: [...this.#disk.eventsOf(runId)], damage: [] });
  }

  async append(event: NewEvent): Promise<RunEvent> {
    await Promise.resolve();
    const disk = this.#disk;
    disk.onAppend(event);
    // A window that was killed does nothing any more.
    if (disk.dead.has(this)) throw errors.sessionClosed();
    const holder = disk.claims.get(event.run);
    if (holder !== undefined && holder !== this) throw errors.heldElsewhere(`Window ${holder.writer}`);
    if (disk.isFull) throw errors.notRecorded('the disk is full');
    if (disk.failAppendIn !== null && disk.failAppendIn-- === 0) {
      disk.failAppendIn = null;
      throw errors.notRecorded('the disk is full');
    }
    const events = disk.events.get(event.run) ?? [];
    const mine = events.filter(({ writer }) => writer === this.#writer);
    const heads: Record<string, number> = {};
    for (const { writer, seq } of events) if (writer !== this.#writer) heads[writer] = Math.max(heads[writer] ?? 0, seq);
    const before = mine.at(-1);
    const stored: RunEvent = { v: RECORD_VERSION, writer: this.#writer, seq: mine.length + 1, heads, prev: before === undefined ? null : before.id, ...event };
    disk.events.set(event.run, [...events, stored]);
    await Promise.resolve();
    return stored;
  }

  saveText(runId: string, text: string, sha256?: string): Promise<void> {
    const key = textKey(runId, sha256);
    const kept = this.#disk.texts.get(key);
    if (kept !== undefined && (kept !== text || sha256 === undefined)) return Promise.reject(errors.notRecorded('another text is kept there'));
    this.#disk.texts.set(key, text);
    return Promise.resolve();
  }

  readText(runId: string, sha256?: string): Promise<string | null> {
    return Promise.resolve(this.#disk.texts.get(textKey(runId, sha256)) ?? null);
  }

  saveOutput(runId: string, executionId: string, { text, cut }: OutputText): Promise<OutputReference | null> {
    const key = `${runId}/${executionId}`;
    if (this.#disk.isFull) return Promise.reject(errors.notRecorded('the disk is full'));
    if (this.#disk.outputs.has(key)) return Promise.resolve(null);
    this.#disk.outputs.set(key, text);
    return Promise.resolve({ bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), cut });
  }

  readOutput(runId: string, executionId: string): Promise<string | null> {
    return Promise.resolve(this.#disk.outputs.get(`${runId}/${executionId}`) ?? null);
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.#disk.events.keys()].sort().reverse());
  }

  claim(runId: string, takeOver: boolean): Promise<string | null> {
    if (this.#disk.dead.has(this)) return Promise.reject(errors.sessionClosed());
    const holder = this.#disk.claims.get(runId);
    if (holder !== undefined && holder !== this && !this.#disk.dead.has(holder) && !takeOver) return Promise.resolve(`Window ${holder.writer} drives this run.`);
    this.#disk.claims.set(runId, this);
    return Promise.resolve(null);
  }

  holder(runId: string): Promise<string | null> {
    const holder = this.#disk.claims.get(runId);
    return Promise.resolve(holder === undefined || holder === this || this.#disk.dead.has(holder) ? null : `Window ${holder.writer} drives this run.`);
  }

  release(runId: string): Promise<void> {
    if (this.#disk.claims.get(runId) === this) this.#disk.claims.delete(runId);
    return Promise.resolve();
  }
}

/** Where a text stands on a disk. */
function textKey(runId: string, sha256: string | undefined): string {
  return sha256 === undefined ? runId : `${runId} ${sha256}`;
}
