import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NewEvent } from '../../src/core/run/events.ts';
import { inspectRecord } from '../../src/node/record/inspectRecord.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { FailingDisk } from '../harness/failingDisk.ts';

const { disk } = await vi.hoisted(async () => {
  const { FailingDisk: Disk } = await import('../harness/failingDisk.ts');
  return { disk: new Disk() as FailingDisk };
});
vi.mock('node:fs/promises', async (original) => {
  const counted = disk.over(await original());
  return { ...counted, default: counted };
});

const TEXT = '# Deploy\n\n- [ ] Look\n'.repeat(20);
const OUTPUT = 'one line of output\n'.repeat(100);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let workspace: string;
let claims: string;
const stores: JsonlStore[] = [];
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runbooks-fail-'));
  claims = mkdtempSync(join(tmpdir(), 'runbooks-claims-'));
});
afterEach(async () => {
  disk.mend();
  await closeAll();
  for (const folder of [workspace, claims]) rmSync(folder, { recursive: true, force: true });
});

const open = (): JsonlStore => {
  const store = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims });
  stores.push(store);
  return store;
};
const closeAll = async (): Promise<void> => {
  for (const store of stores.splice(0)) await store.dispose();
};
const runFolder = (): string => join(workspace, '.runbooks', 'runs', 'R1');
const event = (id: string, body: NewEvent['body']): NewEvent => ({ id, run: 'R1', time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
const started = event('e-1', { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: sha256(TEXT), git: null });

/** What is written, and how it reads: as the whole, or as nothing. */
const WORKS: readonly { readonly what: string; readonly before?: (store: JsonlStore) => Promise<unknown>; readonly write: (store: JsonlStore) => Promise<unknown>; readonly read: (store: JsonlStore) => Promise<unknown>; readonly whole: unknown; readonly nothing: unknown }[] = [
  { what: 'the text at the start', write: (store) => store.saveText('R1', TEXT), read: (store) => store.readText('R1'), whole: TEXT, nothing: null },
  { what: 'the text of a rebase', before: (store) => store.append(started), write: (store) => store.saveText('R1', TEXT, sha256(TEXT)), read: (store) => store.readText('R1', sha256(TEXT)), whole: TEXT, nothing: null },
  { what: 'an output', write: (store) => store.saveOutput('R1', 'x1', { text: OUTPUT, cut: false }), read: (store) => store.readOutput('R1', 'x1'), whole: OUTPUT, nothing: null },
  { what: 'the first event', write: (store) => store.append(started), read: async (store) => (await store.read('R1')).events.map(({ id }) => id).join(), whole: 'e-1', nothing: '' },
  { what: 'the right to drive a run', write: (store) => store.claim('R1', false), read: (store) => store.isKnown('R1'), whole: true, nothing: false },
];

/** How many calls after the failing one fail as well: tidying up may fail too. */
const ALSO_FAILING = [0, 1, 3, Number.MAX_SAFE_INTEGER];

test.each(WORKS)('$what: the n-th call of the file system fails, for every n, and it is said; nothing is ever there in part', { timeout: 120_000 }, async ({ before, write, read, whole, nothing }) => {
  for (const more of ALSO_FAILING) {
    let hasFailed = true;
    let refusals = 0;
    for (let n = 0; hasFailed; n += 1) {
      for (const folder of ['.runbooks']) rmSync(join(workspace, folder), { recursive: true, force: true });
      for (const name of readdirSync(claims)) rmSync(join(claims, name));
      const store = open();
      await before?.(store);
      disk.failAt(n, more);
      const problem = await write(store).then(() => null, (error: unknown) => error);
      hasFailed = disk.failed.length > 0;
      const at = `call ${String(n)} and ${String(more)} more: ${disk.failed.slice(0, 5).join(', ')}`;
      disk.mend();
      if (problem !== null) {
        refusals += 1;
        expect(problem, at).toMatchObject({ code: 'not-recorded' });
      }
      // What a person finds later: all of it, or nothing. What was confirmed is there.
      const later = await read(open());
      expect(problem === null ? [whole] : [whole, nothing], at).toContain(later);
      // With the disk mended it goes on in the same window, and what was left behind is in nobody's way.
      const again = await write(store).then(() => null, (error: unknown) => error);
      if (again !== null) expect(later, `${at}; again: ${String(again)}`).toBe(whole);
      expect([whole, `${String(whole)},${String(whole)}`], at).toContain(await read(open()));
      await closeAll();
    }
    expect(refusals).toBeGreaterThan(3);
  }
});

test('a whole run on a disk of which any one call fails is whole afterwards, or says what it lacks', { timeout: 120_000 }, async () => {
  for (let n = 0, hasFailed = true; hasFailed; n += 1) {
    rmSync(join(workspace, '.runbooks'), { recursive: true, force: true });
    const store = open();
    disk.failAt(n);
    const said: unknown[] = [];
    /** Again until it is written, as a person would. */
    const insist = async <T>(work: () => Promise<T>): Promise<T | null> => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        try {
          return await work();
        } catch (error) {
          said.push(error);
        }
      }
      return null;
    };
    await insist(() => store.saveText('R1', TEXT));
    await insist(() => store.append(started));
    const output = await store.saveOutput('R1', 'x1', { text: OUTPUT, cut: false }).catch((error: unknown) => {
      said.push(error);
      return null;
    });
    await insist(() => store.append(event('e-2', { type: 'command.ended', executionId: 'x1', outcome: { kind: 'exited', code: 0 }, durationMs: 1, environmentCarried: null, outputTail: null, output })));
    hasFailed = disk.failed.length > 0;
    disk.mend();
    for (const error of said) expect(error).toMatchObject({ code: 'not-recorded' });
    const { events, findings } = await inspectRecord(runFolder());
    const at = `call ${String(n)}: ${disk.failed.join()}; ${findings.map(({ kind }) => kind).join()}`;
    // A failed sync ends what this window may write; that was said, and what it had confirmed is there.
    const isCutOff = said.length >= 3;
    expect(new Set(events.map(({ id }) => id)).size, at).toBe(isCutOff ? events.length : 2);
    expect(findings.filter(({ kind }) => kind !== 'torn' && !(isCutOff && kind === 'noStart')), at).toEqual([]);
    await closeAll();
  }
});
