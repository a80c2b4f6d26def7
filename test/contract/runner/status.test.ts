import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseStarted, parseStatus, readStatus } from '../../../src/node/runner/status.ts';
import { ExecutionWatcher } from '../../../src/node/runner/watchExecution.ts';
import { explainRefusal } from '../../../src/node/runner/refusals.ts';

const NONCE = '0123456789abcdef0123456789abcdef';
const status = (result: string, nonce = NONCE, carried = 'yes'): string => `guided-runbooks-status 1\nnonce=${nonce}\nresult=${result}\ncarried=${carried}\nend\n`;
const STARTED = `guided-runbooks-started 1\nnonce=${NONCE}\npid=4321\ngroup=4321\nwatcher=4322\nstart=123@b-o-o-t\nnamespace=pid:[4026531836]\nend\n`;

describe('the status file', () => {
  test('says how it ended', () => {
    expect(parseStatus(status('exit 0'), NONCE)).toEqual({ result: { kind: 'exited', code: 0 }, carried: true });
    expect(parseStatus(status('exit 255', NONCE, 'no'), NONCE)).toEqual({ result: { kind: 'exited', code: 255 }, carried: false });
    expect(parseStatus(status('timeout'), NONCE)?.result).toEqual({ kind: 'timedOut' });
    expect(parseStatus(status('signal HUP'), NONCE)?.result).toEqual({ kind: 'signalled', signal: 'HUP' });
    expect(parseStatus(status('refused hash-mismatch'), NONCE)?.result).toEqual({ kind: 'refused', reason: 'hash-mismatch' });
  });

  test.each(['', 'exit', 'exit ', 'exit 00', 'exit 256', 'exit -1', 'exit 0 ', ' exit 0', 'exit 1e1', 'exit 0x0', 'Exit 0', 'exit 0\nexit 0', 'signal 9', 'signal KILLED', 'timeout 5', 'refused', 'refused <b>', 'done', 'exit 0\r', 'exit ٠'])('does not believe the result %j', (result) => {
    expect(parseStatus(status(result), NONCE)).toBeNull();
  });

  test('does not believe another nonce, version, order or form', () => {
    const good = status('exit 0');
    for (const bad of [status('exit 0', NONCE.replace('0', '1')), status('exit 0', ''), status('exit 0', NONCE, 'maybe'), good.replace('status 1', 'status 2'), good.replaceAll('\n', '\r\n'), `\n${good}`, `${good}\n`, good + good, good.replace('end\n', ''), `\ufeff${good}`, good.split('\n').reverse().join('\n')]) {
      expect(parseStatus(bad, NONCE)).toBeNull();
    }
  });

  test('any part of it, and any change of one byte, is not believed as another result', () => {
    for (const good of ['exit 0', 'exit 7', 'timeout', 'signal TERM'].map((result) => status(result))) {
      for (let length = 0; length < good.length; length += 1) {
        expect(parseStatus(good.slice(0, length), NONCE)).toBeNull();
      }
      const truth = parseStatus(good, NONCE);
      fc.assert(
        fc.property(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
          const changed = good.slice(0, at) + String.fromCharCode(byte) + good.slice(at + 1);
          const seen = parseStatus(changed, NONCE);
          // A digit of the code itself may become another digit; nothing else goes unseen.
          if (seen && !/\nresult=exit \d\n/.test(changed)) {
            expect(seen).toEqual(truth);
          }
        }),
      );
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseStatus(text, NONCE) === null && parseStarted(text, NONCE) === null));
  });
});

describe('the started file', () => {
  test('tells the process', () => {
    expect(parseStarted(STARTED, NONCE)).toEqual({ pid: 4321, group: 4321, watcher: 4322, start: '123@b-o-o-t', namespace: 'pid:[4026531836]' });
  });

  test.each(['pid=0', 'pid=1', 'pid=-1', 'pid=', 'pid=4321 1', 'pid=99999999999', 'pid=04321', 'pid=4321\npid=5'])('does not believe %j', (line) => {
    expect(parseStarted(STARTED.replace('pid=4321', line), NONCE)).toBeNull();
    expect(parseStarted(STARTED.replace('group=4321', line.replaceAll('pid', 'group')), NONCE)).toBeNull();
  });
});

describe('files that are not ours', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runner-status-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  test('missing, linked, huge, a directory, a pipe', async () => {
    const path = join(folder, 'status');
    expect(await readStatus(folder, NONCE)).toBeNull();
    await writeFile(join(folder, 'real'), status('exit 0'));
    await symlink('real', path);
    expect(await readStatus(folder, NONCE)).toBeNull();
    await rm(path);
    await writeFile(path, status('exit 0') + ' '.repeat(5000));
    expect(await readStatus(folder, NONCE)).toBeNull();
    await truncate(path, 2 ** 33);
    expect(await readStatus(folder, NONCE)).toBeNull();
    await rm(path);
    await mkdir(path);
    expect(await readStatus(folder, NONCE)).toBeNull();
    await rm(path, { recursive: true });
    spawnSync('mkfifo', [path]);
    expect(await readStatus(folder, NONCE)).toBeNull();
    await rm(path);
    await writeFile(path, status('exit 9'));
    expect(await readStatus(folder, NONCE)).toMatchObject({ result: { kind: 'exited', code: 9 }, carried: true });
  });

  test('a status with a wrong nonce does not end the watching; nobody there is "lost"', async () => {
    await mkdir(join(folder, 'claim'));
    await writeFile(join(folder, 'status'), status('exit 0', 'f'.repeat(32)));
    const watcher = new ExecutionWatcher({ path: folder, nonce: NONCE }, { notStartedAfterMs: 100, pollMs: 20 });
    expect(await watcher.ended).toEqual({ kind: 'lost', started: null });
    const namespace = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : '';
    await writeFile(join(folder, 'started'), STARTED.replace('pid:[4026531836]', namespace).replace('123@b-o-o-t', process.platform === 'linux' ? '123@b-o-o-t' : 'Thu_Jan_1'));
    const second = new ExecutionWatcher({ path: folder, nonce: NONCE }, { pollMs: 20 });
    expect((await second.ended)?.kind).toBe('lost');
  });

  test('a listener that throws does not stop the watching', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    await writeFile(join(folder, 'status'), status('exit 3'));
    const watcher = new ExecutionWatcher({ path: folder, nonce: NONCE });
    const heard: string[] = [];
    watcher.onDidChange(() => {
      throw new Error('a mistake');
    });
    watcher.onDidChange((state) => heard.push(state.kind));
    expect(await watcher.ended).toMatchObject({ kind: 'exited', code: 3 });
    expect(heard).toEqual(['exited']);
    expect((await warned).message).toBe('a mistake');
  });

  test('a watching that is disposed of settles with null', async () => {
    const watcher = new ExecutionWatcher({ path: folder, nonce: NONCE });
    watcher.dispose();
    expect(await watcher.ended).toBeNull();
  });
});

test('refusals are explained, unknown ones shown as they are', () => {
  expect(explainRefusal('hash-mismatch')).toMatch(/not the ones that were approved/);
  expect(explainRefusal('something-new')).toBe('something-new');
  expect(explainRefusal('constructor')).toBe('constructor');
});
