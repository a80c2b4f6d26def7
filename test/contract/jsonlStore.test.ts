import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/core/record/integrity.ts';
import type { NewEvent, RunEventBody } from '../../src/core/run/events.ts';
import { SYSTEM_CALLS, type FileCalls } from '../../src/node/record/appendFile.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { decodeLine, encodeLine } from '../../src/node/record/lines.ts';
import { readWriterFile } from '../../src/node/record/readWriterFile.ts';
import { checkEvent } from '../../src/node/record/schema.ts';

/** Whether a small disk can be made, for a moment. */
const MAY_MOUNT = ((): boolean => {
  const probe = mkdtempSync(join(tmpdir(), 'runbooks-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
})();

let workspace: string;
let outside: string;
const stores: JsonlStore[] = [];
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runbooks-ws-'));
  outside = mkdtempSync(join(tmpdir(), 'runbooks-out-'));
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.dispose();
  rmSync(workspace, { recursive: true, force: true });
  rmSync(outside, { recursive: true, force: true });
});

function open(calls?: FileCalls): JsonlStore {
  const store = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(outside, 'claims'), ...(calls === undefined ? {} : { calls }) });
  stores.push(store);
  return store;
}

let count = 0;
const event = (body: RunEventBody): NewEvent => ({ id: `e-${String((count += 1))}`, run: 'R1', time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
const tick = (stepId: string): NewEvent => event({ type: 'step.ticked', stepId, note: null });
const folder = (): string => join(workspace, '.runbooks', 'runs', 'R1');
const files = (): readonly string[] => readdirSync(folder()).filter((name) => name.endsWith('.jsonl'));
const onlyFile = (): string => join(folder(), files()[0] ?? '');
const stepsOf = (events: readonly { readonly body: RunEventBody }[]): readonly string[] => events.map(({ body }) => ('stepId' in body ? (body.stepId ?? 'run') : body.type));

describe('what was confirmed', () => {
  test('survives a cut at every byte; what is left out is named and never a whole event', async () => {
    const store = open();
    for (const step of ['a', 'b', 'c']) await store.append(tick(step));
    const whole = readFileSync(onlyFile());
    const ends = [...whole].flatMap((byte, at) => (byte === 10 ? [at + 1] : []));
    for (let length = 0; length < whole.length; length += 1) {
      const { events, findings } = readWriterFile(whole.subarray(0, length), 'w.jsonl', 'R1', writerOf(whole));
      expect(stepsOf(events)).toEqual(['a', 'b', 'c'].slice(0, ends.filter((end) => end <= length).length));
      expect(findings).toEqual(length === 0 || ends.includes(length) ? [] : [{ kind: 'torn', file: 'w.jsonl', line: 1 + ends.filter((end) => end <= length).length }]);
    }
  });

  test('any flipped byte is noticed, and costs at most its own line', async () => {
    const store = open();
    for (const step of ['a', 'b', 'c']) await store.append(tick(step));
    const whole = readFileSync(onlyFile());
    for (let at = 0; at < whole.length; at += 1) {
      for (const mask of [1, 32, 128]) {
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ mask;
        const { events, findings } = readWriterFile(flipped, 'w.jsonl', 'R1', writerOf(whole));
        expect(findings.length, `byte ${String(at)}`).toBeGreaterThan(0);
        // A line end that is gone joins two lines.
        expect(events.length).toBeGreaterThanOrEqual(whole[at] === 10 ? 1 : 2);
      }
    }
  });

  test('lines that were dropped, put in another order or edited are noticed', async () => {
    const store = open();
    for (const step of ['a', 'b', 'c', 'd']) await store.append(tick(step));
    const [a = '', b = '', c = '', d = ''] = readFileSync(onlyFile(), 'utf8').split('\n');
    const read = (...lines: readonly string[]): readonly Finding[] => readWriterFile(Buffer.from(`${lines.join('\n')}\n`), 'w.jsonl', 'R1', writerOf(Buffer.from(a))).findings;
    expect(read(a, b, c, d)).toEqual([]);
    const file = 'w.jsonl';
    expect(read(a, c, d)).toEqual([{ kind: 'unlinked', file, line: 2 }, { kind: 'missing', file, from: 2, to: 2 }]);
    expect(read(a, c, b, d)).toContainEqual({ kind: 'repeated', file, line: 3, seq: 2 });
    expect(read(a, b, b, c, d)).toEqual([{ kind: 'unlinked', file, line: 3 }, { kind: 'repeated', file, line: 3, seq: 2 }]);
    expect(read(a, b.replace('"b"', '"x"'), c, d)).toEqual([{ kind: 'damaged', file, line: 2, reason: 'does not match its checksum' }]);
    const forged = encodeLine({ ...(JSON.parse(b) as object), sum: undefined, actor: { name: 'Mallory', email: null } }).toString();
    expect(read(a, forged, c, d)).toEqual([{ kind: 'unlinked', file, line: 3 }]);
  });

  test('a checkout that turns LF into CRLF changes nothing', async () => {
    const store = open();
    for (const step of ['a', 'b']) await store.append(tick(step));
    writeFileSync(onlyFile(), readFileSync(onlyFile(), 'utf8').replaceAll('\n', '\r\n'));
    const { events, damage } = await open().read('R1');
    expect([stepsOf(events), damage]).toEqual([['a', 'b'], []]);
  });

  test('the folder says how git has to treat it, once, and what a person wrote there stays', async () => {
    await open().append(tick('a'));
    const path = join(workspace, '.runbooks', '.gitattributes');
    expect(readFileSync(path, 'utf8')).toContain('runs/** -text linguist-generated\n');
    writeFileSync(path, '# mine\n');
    await open().append(tick('b'));
    expect(readFileSync(path, 'utf8')).toBe('# mine\n');
  });
});

describe('a disk that fails', () => {
  test('short writes are completed', async () => {
    const store = open({ ...SYSTEM_CALLS, write: async (handle, bytes) => (await handle.write(bytes, 0, Math.min(7, bytes.length))).bytesWritten });
    await store.append(tick('a'));
    await store.append(tick('b'));
    const { events, damage } = await open().read('R1');
    expect([stepsOf(events), damage]).toEqual([['a', 'b'], []]);
  });

  test('the n-th write fails, for every n: nothing confirmed is lost, nothing refused appears', async () => {
    for (let n = 0; n < 40; n += 1) {
      rmSync(join(workspace, '.runbooks'), { recursive: true, force: true });
      let calls = 0;
      const store = open({
        ...SYSTEM_CALLS,
        write: async (handle, bytes) => {
          if (calls++ === n) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
          return (await handle.write(bytes, 0, Math.min(60, bytes.length))).bytesWritten;
        },
      });
      const confirmed: string[] = [];
      for (const step of ['a', 'b', 'c', 'd', 'e']) {
        await store.append(tick(step)).then(
          () => confirmed.push(step),
          (error: unknown) => expect(error).toMatchObject({ code: 'not-recorded', message: expect.stringContaining('the disk is full') as string }),
        );
      }
      expect(confirmed).toHaveLength(calls > n ? 4 : 5);
      expect(stepsOf((await open().read('R1')).events), `call ${String(n)}`).toEqual(confirmed);
    }
  });

  test('a failed sync is not tried again: the store takes nothing more', async () => {
    let syncs = 0;
    const store = open({
      ...SYSTEM_CALLS,
      sync: async (handle) => {
        if (++syncs === 2) throw new Error('EIO');
        await handle.sync();
      },
    });
    await store.append(tick('a'));
    await expect(store.append(tick('b'))).rejects.toMatchObject({ code: 'not-recorded' });
    await expect(store.append(tick('c'))).rejects.toMatchObject({ code: 'not-recorded' });
    expect(syncs).toBe(2);
  });

  test('the n-th sync fails, for every n: that window takes nothing more, and what was confirmed is there', async () => {
    for (let n = 0; n < 6; n += 1) {
      rmSync(join(workspace, '.runbooks'), { recursive: true, force: true });
      let syncs = 0;
      const store = open({
        ...SYSTEM_CALLS,
        sync: async (handle) => {
          if (syncs++ === n) throw new Error('EIO');
          await handle.sync();
        },
      });
      const confirmed: string[] = [];
      for (const step of ['a', 'b', 'c', 'd', 'e']) await store.append(tick(step)).then(() => confirmed.push(step), () => undefined);
      expect(confirmed).toEqual(['a', 'b', 'c', 'd', 'e'].slice(0, n));
      // What was not confirmed may be there (the disk knows), but only as the next whole line, and nothing is damaged.
      const { events, damage } = await open().read('R1');
      expect([stepsOf(events).slice(0, n), events.length <= n + 1, damage]).toEqual([confirmed, true, []]);
    }
  });

  test.skipIf(!MAY_MOUNT)('a disk that is full stops the run and loses nothing; it goes on once there is room (skipped where a small disk cannot be mounted)', async () => {
    const disk = join(outside, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    try {
      const small = (): JsonlStore => {
        const store = new JsonlStore({ runs: join(disk, '.runbooks', 'runs'), boundary: disk, claims: join(outside, 'claims') });
        stores.push(store);
        return store;
      };
      const store = small();
      writeFileSync(join(disk, 'filler'), Buffer.alloc(16 * 1024));
      const confirmed: string[] = [];
      let refused: unknown = null;
      while (refused === null && confirmed.length < 1_000) {
        const step = `s${String(confirmed.length)}`;
        await store.append(event({ type: 'step.ticked', stepId: step, note: 'x'.repeat(700) })).then(() => confirmed.push(step), (error: unknown) => (refused = error));
      }
      expect(refused).toMatchObject({ code: 'not-recorded', message: expect.stringContaining('the disk is full') as string });
      await expect(store.append(tick('again'))).rejects.toMatchObject({ code: 'not-recorded' });
      await expect(store.saveOutput('R1', 'x1', { text: 'y'.repeat(100_000), cut: false })).rejects.toMatchObject({ code: 'not-recorded' });
      rmSync(join(disk, 'filler'));
      await store.append(tick('later'));
      const { events, damage } = await small().read('R1');
      expect(stepsOf(events)).toEqual([...confirmed, 'later']);
      expect(damage.filter((words) => !words.includes('never confirmed'))).toEqual([]);
      for (const each of stores.splice(0)) await each.dispose();
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test('a file-size limit of the system stops the run instead of losing a line', () => {
    const program = `
      const { JsonlStore } = await import(${JSON.stringify(new URL('../../src/node/record/jsonlStore.ts', import.meta.url).href)});
      process.on('SIGXFSZ', () => {});
      const store = new JsonlStore(${JSON.stringify({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(outside, 'claims') })});
      let done = 0;
      try { for (;;) { await store.append({ id: 'e' + done, run: 'R1', time: '2026-01-05T14:00:00.000Z', actor: { name: 'A', email: null }, body: { type: 'step.ticked', stepId: 's' + done, note: 'x'.repeat(300) } }); done += 1; } }
      catch (error) { console.log(done, error.code); process.exit(0); }`;
    const limited = execFileSync('sh', ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, '--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', program], { encoding: 'utf8' });
    const [done = '', code] = limited.trim().split(' ');
    expect(code).toBe('not-recorded');
    const { events } = readWriterFile(readFileSync(onlyFile()), 'w.jsonl', 'R1', (files()[0] ?? '').replace('.jsonl', ''));
    expect(events).toHaveLength(Number(done));
  });
});

describe('a record that changes hands', () => {
  test('a file that is taken away in mid-run is noticed, and the rest goes to a new file with the gap stated', async () => {
    const store = open();
    await store.append(tick('a'));
    rmSync(join(workspace, '.runbooks'), { recursive: true });
    await store.append(tick('b'));
    const { events, damage } = await open().read('R1');
    expect(stepsOf(events)).toEqual(['b']);
    expect(damage.join()).toContain('is missing: its events up to number 1 had been seen');
  });

  test('a file that is replaced is left alone', async () => {
    const store = open();
    await store.append(tick('a'));
    const path = onlyFile();
    const copy = readFileSync(path);
    renameSync(path, join(outside, 'old'));
    writeFileSync(path, copy);
    await store.append(tick('b'));
    expect(readFileSync(path)).toEqual(copy);
    const { events, damage } = await open().read('R1');
    expect([[...stepsOf(events)].sort(), damage]).toEqual([['a', 'b'], []]);
  });

  test('every store writes a file of its own, also after a release', async () => {
    const one = open();
    await one.claim('R1', false);
    await one.append(tick('a'));
    await one.release('R1');
    await one.claim('R1', false);
    await one.append(tick('b'));
    await open().append(tick('c'));
    expect(files()).toHaveLength(3);
    expect((await open().read('R1')).damage).toEqual([]);
  });
});

describe('paths', () => {
  test('a .runbooks that is a link, or has one inside, is refused', async () => {
    mkdirSync(join(outside, 'runs'));
    symlinkSync(outside, join(workspace, '.runbooks'));
    await expect(open().append(tick('a'))).rejects.toMatchObject({ code: 'outside-workspace' });
    await expect(open().read('R1')).rejects.toMatchObject({ code: 'outside-workspace' });
    rmSync(join(workspace, '.runbooks'));
    mkdirSync(join(workspace, '.runbooks'));
    symlinkSync(join(outside, 'runs'), join(workspace, '.runbooks', 'runs'));
    await expect(open().saveText('R1', 'x')).rejects.toMatchObject({ code: 'outside-workspace' });
    expect(readdirSync(join(outside, 'runs'))).toEqual([]);
  });

  test.each(['../x', '..', 'a/b', '', 'x'.repeat(65)])('an execution that is no plain name has no output: %j', async (executionId) => {
    await expect(open().saveOutput('R1', executionId, { text: 'x', cut: false })).rejects.toMatchObject({ code: 'not-recorded' });
    expect(await open().readOutput('R1', executionId)).toBeNull();
  });

  test('an output folder or file that is a link is not followed', async () => {
    await open().append(tick('a'));
    symlinkSync(outside, join(folder(), 'output'));
    await expect(open().saveOutput('R1', 'x1', { text: 'x', cut: false })).rejects.toMatchObject({ code: 'outside-workspace' });
    rmSync(join(folder(), 'output'));
    await open().saveOutput('R1', 'x1', { text: 'x', cut: false });
    writeFileSync(join(outside, 'secret'), 's');
    symlinkSync(join(outside, 'secret'), join(folder(), 'output', 'x2.txt'));
    expect(await open().readOutput('R1', 'x2')).toBeNull();
    expect(await open().saveOutput('R1', 'x2', { text: 'x', cut: false })).toBeNull();
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('s');
  });

  test('a writer file that is a link is left out', async () => {
    await open().append(tick('a'));
    writeFileSync(join(outside, 'other.jsonl'), 'secret\n');
    symlinkSync(join(outside, 'other.jsonl'), join(folder(), 'w-1.jsonl'));
    const { events, damage } = await open().read('R1');
    expect(stepsOf(events)).toEqual(['a']);
    expect(damage).toEqual(['w-1.jsonl was left out: it is no regular file.']);
  });

  test.each(['../R1', 'a/b', '', '.', 'x'.repeat(65)])('a run id that is no plain name is refused: %j', async (run) => {
    await expect(open().read(run)).rejects.toMatchObject({ code: 'no-such-run' });
    await expect(open().append({ ...tick('a'), run })).rejects.toMatchObject({ code: 'no-such-run' });
    expect(existsSync(join(workspace, '.runbooks'))).toBe(false);
  });

  test('a workspace that is itself reached through a link works', async () => {
    const linked = join(outside, 'linked');
    symlinkSync(workspace, linked);
    const store = new JsonlStore({ runs: join(linked, '.runbooks', 'runs'), boundary: linked, claims: join(outside, 'claims') });
    stores.push(store);
    await store.append(tick('a'));
    expect(lstatSync(onlyFile()).isFile()).toBe(true);
  });
});

describe('a record from somebody else', () => {
  const good = { v: 1, id: 'e', run: 'R1', writer: 'w', seq: 1, heads: {}, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'A', email: null }, body: { type: 'step.unticked', stepId: 's' } };

  test('is checked field by field and never throws', () => {
    expect(typeof checkEvent(good)).toBe('object');
    for (const bad of [null, 1, 'x', [], {}, { ...good, v: 0 }, { ...good, seq: 1.5 }, { ...good, seq: -1 }, { ...good, heads: { w2: 'x' } }, { ...good, time: 'now' }, { ...good, actor: 'A' }, { ...good, body: { type: 'step.unticked' } }, { ...good, body: { type: 'command.started', executionId: 'x', count: 1e12 } }, { ...good, id: '../x' }])
      expect(typeof checkEvent(bad), JSON.stringify(bad)).toBe('string');
  });

  test('cannot reach a prototype', () => {
    const text = JSON.stringify(good).replace('"heads":{}', '"heads":{"__proto__":3,"constructor":1},"__proto__":{"polluted":1}').replace('"stepId":"s"', '"stepId":"__proto__","__proto__":{"polluted":1}');
    const event = checkEvent(JSON.parse(text));
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect('polluted' in (event as object) || 'polluted' in {} || 'polluted' in (event as { body: object }).body).toBe(false);
    expect(Object.getPrototypeOf((event as { heads: object }).heads)).toBe(Object.prototype);
  });

  test('unknown types and newer versions are kept as unknown', () => {
    expect(checkEvent({ ...good, body: { type: 'step.blessed', x: 1 } })).toMatchObject({ body: { type: 'step.blessed' } });
    expect(checkEvent({ ...good, v: 2, body: { type: 'step.unticked', stepIds: [] } })).toMatchObject({ v: 2, body: { type: 'newer:step.unticked' } });
  });

  test('huge and binary lines are left out', () => {
    const line = encodeLine({ ...good, actor: { name: 'x'.repeat(2_000_000), email: null } });
    expect(decodeLine(line)).toContain('longer than');
    const { events, findings } = readWriterFile(Buffer.concat([line, Buffer.from('\n\u0000\u0001\n'), encodeLine(good), Buffer.from('\n')]), 'w.jsonl', 'R1', 'w');
    expect(events).toHaveLength(1);
    expect(findings).toMatchObject([{ kind: 'damaged', line: 1 }, { kind: 'damaged', line: 2 }]);
  });

  test('a file of rubbish fills no memory: after a thousand odd lines the rest is not read', () => {
    const rubbish = Buffer.concat([Buffer.from('x\n'.repeat(2_000_000)), encodeLine(good), Buffer.from('\n')]);
    const { events, findings } = readWriterFile(rubbish, 'w.jsonl', 'R1', 'w');
    expect([events.length, findings.length, findings.at(-1)?.kind]).toEqual([0, 1_001, 'unreadable']);
  });

  test('what is too large is read up to the limit, and the rest named', () => {
    const line = Buffer.concat([encodeLine(good), Buffer.from('\n')]);
    const { events, findings } = readWriterFile(Buffer.concat([line, line.subarray(0, 20)]), 'w.jsonl', 'R1', 'w', 1_000);
    expect([events.length, findings]).toEqual([1, [{ kind: 'tooLarge', file: 'w.jsonl', limitBytes: 1_000 }]]);
  });

  test('output that makes an event too long is left out of it', async () => {
    const store = open();
    const stored = await store.append(event({ type: 'command.ended', executionId: 'x', outcome: { kind: 'exited', code: 0 }, durationMs: 1, environmentCarried: null, outputTail: 'y'.repeat(2_000_000) }));
    expect(stored.body).toMatchObject({ outputTail: null });
    await expect(store.append(event({ type: 'step.ticked', stepId: 's', note: 'y'.repeat(2_000_000) }))).rejects.toMatchObject({ code: 'not-recorded' });
    expect((await open().read('R1')).events).toHaveLength(1);
  });
});

describe('claims', () => {
  test('a holder whose process is dead holds nothing', async () => {
    const program = `
      const { JsonlStore } = await import(${JSON.stringify(new URL('../../src/node/record/jsonlStore.ts', import.meta.url).href)});
      const store = new JsonlStore(${JSON.stringify({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(outside, 'claims') })});
      console.log(await store.claim('R1', false));`;
    const said = execFileSync(process.execPath, ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', program], { encoding: 'utf8' });
    expect(said.trim()).toBe('null');
    expect(readdirSync(join(outside, 'claims')).filter((name) => name.endsWith('.claim'))).toHaveLength(1);
    expect(await open().claim('R1', false)).toBeNull();
  });

  test('a damaged claim is nobody’s', async () => {
    const one = open();
    await one.claim('R1', false);
    const name = readdirSync(join(outside, 'claims')).find((each) => each.endsWith('.claim')) ?? '';
    writeFileSync(join(outside, 'claims', name), '{"writer":');
    expect(await open().claim('R1', false)).toBeNull();
  });
});

function writerOf(bytes: Buffer): string {
  return /"writer":"([^"]+)"/.exec(bytes.toString())?.[1] ?? '';
}

describe('a run that was driven from here', () => {
  test('is known here, also after it was given back, and nowhere else', async () => {
    const options = { runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(outside, 'claims') };
    const store = new JsonlStore(options);
    expect(await store.isKnown('RUN-1')).toBe(false);
    await store.claim('RUN-1', false);
    await store.dispose();
    const later = new JsonlStore(options);
    const elsewhere = new JsonlStore({ ...options, runs: join(workspace, 'clone', 'runs') });
    stores.push(later, elsewhere);
    expect(await later.isKnown('RUN-1')).toBe(true);
    expect(await elsewhere.isKnown('RUN-1')).toBe(false);
  });
});
