import { MemoryFiles } from '../fakes/memoryFiles.ts';
import { ScriptedHttp } from '../fakes/scriptedHttp.ts';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOTHING_PAST } from '../../src/core/status/pastFacts.ts';
import { fold } from '../../src/core/run/evolve.ts';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { inspectRecord } from '../../src/node/record/inspectRecord.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { createSession } from '../../src/session/session.ts';
import { CountingIds } from '../fakes/countingIds.ts';
import { ManualClock } from '../fakes/manualClock.ts';
import { ScriptedExecutor } from '../fakes/scriptedExecutor.ts';

/*
 * Records as each version of the format wrote them. They are never written
 * anew: what is in them has to be readable for ever. `v2` is made up, to see
 * what becomes of a record from the future.
 */
const GOLDEN = join(import.meta.dirname, 'golden');
const runOf = (version: string): string => readdirSync(join(GOLDEN, version)).find((name) => /^[0-9A-Z]{26}$/.test(name)) ?? '';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runbooks-golden-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

describe('a record of version 1', () => {
  test('is whole and folds to the state that it always had', async () => {
    const { events, findings } = await inspectRecord(join(GOLDEN, 'v1', runOf('v1')));
    expect(findings).toEqual([]);
    const state: unknown = JSON.parse(readFileSync(join(GOLDEN, 'v1', 'state.json'), 'utf8'));
    // More may be known of a run by now; what was known stays.
    expect(plain(fold(events))).toMatchObject(state as object);
  });
});

describe('a record of a version to come', () => {
  const open = (): JsonlStore => new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(workspace, 'claims') });
  const copied = (): string => {
    const folder = join(workspace, '.runbooks', 'runs', runOf('v2'));
    mkdirSync(folder, { recursive: true });
    cpSync(join(GOLDEN, 'v2', runOf('v2')), folder, { recursive: true });
    return folder;
  };

  test('keeps what is unknown and understands what it can', async () => {
    const { events, findings } = await inspectRecord(copied());
    expect(findings).toEqual([{ kind: 'newer', file: 'w-cccccccccccccccc.jsonl', line: 1, version: 2 }]);
    expect(events.map(({ body }) => body.type)).toEqual(['run.started', 'step.ticked', 'step.ticked', 'step.blessed', 'newer:step.skipped', 'newer:run.ended']);
    const state = fold(events);
    expect([[...state.steps.keys()], state.unknownEvents, state.ended]).toEqual([['look', 'note'], 3, null]);
  });

  test('is shown and not written to', async () => {
    const folder = copied();
    const before = contentsOf(folder);
    const text = readFileSync(join(folder, 'runbook.md'), 'utf8');
    const store = open();
    const session = createSession(
      {
        store,
        executor: new ScriptedExecutor(),
        versionControl: { state: () => Promise.resolve(null), checkout: () => Promise.resolve(null), actor: () => Promise.resolve({ name: 'Ada', email: null }) },
        clock: new ManualClock(),
        ids: Object.assign(new CountingIds(), { sha256: (each: string) => createHash('sha256').update(each).digest('hex') }),
        http: new ScriptedHttp(), files: new MemoryFiles(),
        matches: () => Promise.resolve(null),
        status: { read: () => Promise.resolve(NOTHING_PAST) }, assertTrusted: () => undefined,
      },
      parseRunbook(text),
      text,
      { file: 'deploy.runbook.md', parse: parseRunbook },
    );
    await session.resume(runOf('v2'));
    expect(session.snapshot.lockedBecause).toContain('newer version');
    expect(session.snapshot.damage).toEqual([]);
    const waiting = session.snapshot.runbook.steps.find(({ title }) => title === 'Old');
    await expect(session.perform({ type: 'step', action: 'tick', stepId: waiting?.id ?? '', revision: session.snapshot.revision })).rejects.toMatchObject({ code: 'locked' });
    session.dispose();
    await store.dispose();
    expect(contentsOf(folder)).toEqual(before);
  });
});

function contentsOf(folder: string): unknown {
  return readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

/** Maps as lists of pairs, as JSON has them. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return [...(value as ReadonlyMap<string, unknown>)].map(([key, each]) => [key, plain(each)]);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
