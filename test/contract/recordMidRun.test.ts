import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fold } from '../../src/core/run/evolve.ts';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { anchorOf } from '../../src/node/record/anchor.ts';
import { inspectRecord, type InspectedRecord } from '../../src/node/record/inspectRecord.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { encodeLine, lineHash } from '../../src/node/record/lines.ts';

let workspace: string;
let claims: string;
let store: JsonlStore;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runbooks-mid-'));
  claims = mkdtempSync(join(tmpdir(), 'runbooks-claims-'));
  store = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(workspace, 'README'), 'a\n');
  commit('start');
});
afterEach(async () => {
  await store.dispose();
  rmSync(workspace, { recursive: true, force: true });
  rmSync(claims, { recursive: true, force: true });
});

const git = (...words: readonly string[]): string => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], { cwd: workspace, encoding: 'utf8' });
const folder = (): string => join(workspace, '.runbooks', 'runs', 'R1');
const files = (): readonly string[] => readdirSync(folder()).filter((name) => name.endsWith('.jsonl'));
const fileAt = (index: number): string => join(folder(), files()[index] ?? '');
const look = (): Promise<InspectedRecord> => inspectRecord(folder());

function commit(message: string): void {
  git('add', '-A');
  git('commit', '-qm', message);
}

let count = 0;
const append = (body: RunEventBody, time = '2026-01-05T14:00:00.000Z'): Promise<unknown> => store.append({ id: `e${String((count += 1))}`, run: 'R1', time, actor: { name: 'Ada', email: null }, body });
const tick = (stepId: string, time?: string): Promise<unknown> => append({ type: 'step.ticked', stepId, note: null }, time);

async function begin(): Promise<void> {
  const text = '# Deploy\n';
  await store.saveText('R1', text);
  await append({ type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: createHash('sha256').update(text).digest('hex'), git: null });
  await tick('a');
}

async function steps(): Promise<readonly string[]> {
  return [...fold((await look()).events).steps.keys()].sort();
}

describe('a record that is touched in mid-run', () => {
  test('a stash takes it away: the gap is stated, and nothing is missing once it is back', async () => {
    await begin();
    git('stash', '-q', '-u');
    await tick('b');
    expect((await look()).findings).toContainEqual({ kind: 'unseen', writer: expect.any(String) as string, upTo: 2, found: 0 });
    // The stash has .gitattributes too, which the folder has again.
    rmSync(join(workspace, '.runbooks', '.gitattributes'));
    git('stash', 'pop', '-q');
    expect((await look()).findings).toEqual([]);
    expect(await steps()).toEqual(['a', 'b']);
  });

  test('a checkout of its committed state: what came after is named as missing, and the rest goes to a new file', async () => {
    await begin();
    commit('two events');
    await tick('b');
    git('checkout', '-q', '--', '.runbooks');
    await tick('c');
    expect(files()).toHaveLength(2);
    const { findings } = await look();
    expect(findings).toEqual([{ kind: 'unseen', writer: expect.any(String) as string, upTo: 3, found: 2 }]);
    expect(await steps()).toEqual(['a', 'c']);
  });

  test('a branch without it, and back: everything is there', async () => {
    await begin();
    git('branch', 'other');
    commit('on main');
    git('checkout', '-q', 'other');
    await tick('b');
    await tick('c');
    expect((await look()).findings).not.toEqual([]);
    commit('on other');
    git('checkout', '-q', 'main');
    await tick('d');
    git('add', '-A');
    commit('more on main');
    git('merge', '-q', '--no-edit', 'other');
    expect((await look()).findings).toEqual([]);
    expect(await steps()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('emptied in place, as an editor does that saves: noticed, and nothing is written into it any more', async () => {
    await begin();
    truncateSync(fileAt(0), 0);
    await tick('b');
    expect(files()).toHaveLength(2);
    expect((await look()).findings).toEqual([{ kind: 'unseen', writer: expect.any(String) as string, upTo: 2, found: 0 }, { kind: 'noStart' }]);
  });

  test('something else was written into it: it is left alone', async () => {
    await begin();
    appendFileSync(fileAt(0), 'mine\n');
    await tick('b');
    expect(files()).toHaveLength(2);
    expect((await look()).findings).toMatchObject([{ kind: 'damaged', line: 3 }]);
    expect(await steps()).toEqual(['a', 'b']);
  });
});

test('clocks a day ahead, a day back and jumping change neither order nor state', async () => {
  await begin();
  for (const [at, time] of ['2026-01-06T14:00:00.000Z', '2026-01-04T14:00:00.000Z', '1970-01-01T00:00:00.000Z', '2999-12-31T23:59:59.999Z'].entries()) {
    const other = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims });
    await other.read('R1');
    await other.append({ id: `o${String(at)}`, run: 'R1', time, actor: { name: 'Bob', email: null }, body: at % 2 === 0 ? { type: 'step.unticked', stepId: 'a' } : { type: 'step.skipped', stepId: 'a', reason: time } });
    await other.dispose();
    await store.read('R1');
    await tick(`s${String(at)}`);
  }
  const { events, findings } = await look();
  expect(findings).toEqual([]);
  expect(fold(events).steps.get('a')).toMatchObject({ status: 'skipped', reason: '2999-12-31T23:59:59.999Z' });
});

describe('tampering', () => {
  /** All lines written anew, with checksums and hashes that fit. */
  function rebuild(change: (event: Record<string, unknown>) => Record<string, unknown>): void {
    let prev: string | null = null;
    const lines = readFileSync(fileAt(0), 'utf8').trimEnd().split('\n').map((text) => {
      const { sum: _, ...event } = JSON.parse(text) as Record<string, unknown>;
      const line = encodeLine(change({ ...event, prev }));
      prev = lineHash(line);
      return line.toString();
    });
    writeFileSync(fileAt(0), `${lines.join('\n')}\n`);
  }

  test('who rebuilds the chain is not found by the chain, but by the commit', async () => {
    await begin();
    commit('anchor');
    expect(await anchorOf(folder(), { isTrusted: true })).toMatchObject({ kind: 'unchangedSince' });
    rebuild((event) => ({ ...event, actor: { name: 'Mallory', email: null } }));
    const { events, findings } = await look();
    expect([findings, events.map(({ actor }) => actor.name)]).toEqual([[], ['Mallory', 'Mallory']]);
    expect(await anchorOf(folder(), { isTrusted: true })).toMatchObject({ kind: 'changedSince' });
  });

  test('who cuts whole lines off the end is found by the commit, or by who had seen them', async () => {
    await begin();
    await tick('b');
    commit('anchor');
    const whole = readFileSync(fileAt(0), 'utf8');
    const cut = `${whole.trimEnd().split('\n').slice(0, -1).join('\n')}\n`;
    writeFileSync(fileAt(0), cut);
    expect((await look()).findings).toEqual([]);
    expect(await anchorOf(folder(), { isTrusted: true })).toMatchObject({ kind: 'changedSince' });
    writeFileSync(fileAt(0), whole);
    const other = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims });
    await other.read('R1');
    await other.append({ id: 'seen', run: 'R1', time: '2026-01-05T14:00:00.000Z', actor: { name: 'Bob', email: null }, body: { type: 'step.ticked', stepId: 'c', note: null } });
    await other.dispose();
    const name = files().find((each) => readFileSync(join(folder(), each), 'utf8') === whole) ?? '';
    writeFileSync(join(folder(), name), cut);
    expect((await look()).findings).toEqual([{ kind: 'unseen', writer: name.replace('.jsonl', ''), upTo: 3, found: 2 }]);
  });
});
