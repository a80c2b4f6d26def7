import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from '../../src/core/run/evolve.ts';
import type { RunState } from '../../src/core/run/state.ts';
import { planPush, pullBranch, pushBranch } from '../../src/node/pushRecord.ts';
import { commitRecord, type ShareOptions } from '../../src/node/shareRecord.ts';
import { Clones, RUN, type Clone } from './share/clones.ts';

let clones: Clones;
let ada: Clone;
let grace: Clone;
beforeEach(async () => {
  clones = new Clones();
  ada = clones.make('ada');
  grace = clones.make('grace');
  await ada.start();
});
afterEach(() => clones.dispose());

const options = (clone: Clone): ShareOptions => ({ folder: clone.folder, isTrusted: true });
const commit = (clone: Clone): Promise<unknown> => commitRecord(options(clone), 'Record of a run');
const push = async (clone: Clone): Promise<void> => pushBranch(options(clone), await planPush(options(clone)));
const pull = async (clone: Clone): Promise<void> => pullBranch(options(clone), await planPush(options(clone)));
const folded = async (clone: Clone): Promise<RunState> => fold((await clone.store.read(RUN)).events);
const remoteHead = (): string => ada.git('ls-remote', '-q', 'origin', 'main').slice(0, 40);

/** Ada's record is on the remote and with Grace; then both go on, and Grace pushes first. */
async function bothGoOn(): Promise<void> {
  await commit(ada);
  await push(ada);
  grace.git('pull', '-q');
  await grace.append({ type: 'step.ticked', stepId: 'by-grace', note: null });
  await ada.append({ type: 'step.ticked', stepId: 'by-ada', note: null });
  await commit(grace);
  await push(grace);
  await commit(ada);
}

describe('a push', () => {
  test('takes the current branch to where it goes, and no other', async () => {
    ada.git('branch', 'private');
    await commit(ada);
    expect(await planPush(options(ada))).toEqual({ branch: 'main', remote: 'origin', target: 'main', hasUpstream: true, commits: 1 });
    await push(ada);
    expect(remoteHead()).toBe(ada.git('rev-parse', 'HEAD').trim());
    expect(ada.git('ls-remote', '-q', 'origin')).not.toContain('private');
    expect((await planPush(options(ada))).commits).toBe(0);
  });

  test('of a branch without an upstream says where it goes, and sets it', async () => {
    ada.git('checkout', '-qb', 'work');
    await commit(ada);
    expect(await planPush(options(ada))).toMatchObject({ remote: 'origin', target: 'work', hasUpstream: false });
    await push(ada);
    expect(ada.git('rev-parse', '--abbrev-ref', '@{upstream}').trim()).toBe('origin/work');
  });

  test('without a remote says so', async () => {
    ada.git('remote', 'remove', 'origin');
    await expect(planPush(options(ada))).rejects.toMatchObject({ code: 'no-remote' });
  });

  test('to a remote that is gone or refuses quotes what was said', async () => {
    await commit(ada);
    writeFileSync(join(clones.remote, 'hooks', 'pre-receive'), '#!/bin/sh\necho "the branch is frozen" >&2\nexit 1\n', { mode: 0o755 });
    await expect(push(ada)).rejects.toMatchObject({ code: 'not-pushed', message: expect.stringContaining('the branch is frozen') });
    ada.git('remote', 'set-url', 'origin', join(clones.root, 'nowhere'));
    await expect(push(ada)).rejects.toMatchObject({ code: 'not-pushed' });
  });

  test('goes through the person’s own hook', async () => {
    ada.hook('pre-push', 'echo "not on a Friday" >&2\nexit 1');
    await commit(ada);
    await expect(push(ada)).rejects.toMatchObject({ code: 'not-pushed', message: expect.stringContaining('not on a Friday') });
  });
});

describe('two clones that go on with one run', () => {
  test('push without a conflict, and read the same state', async () => {
    await bothGoOn();
    await expect(push(ada)).rejects.toMatchObject({ code: 'remote-ahead' });
    await pull(ada);
    await push(ada);
    grace.git('pull', '-q');
    const state = await folded(ada);
    expect([...state.steps.keys()].sort()).toEqual(['by-ada', 'by-grace']);
    expect(await folded(grace)).toEqual(state);
    expect((await grace.store.read(RUN)).events).toHaveLength(3);
  });

  test('unstaged work of the person is untouched by the pull', async () => {
    await bothGoOn();
    ada.write('a', 'unstaged');
    ada.write('new', 'new');
    const before = ada.others();
    await pull(ada);
    await push(ada);
    expect(ada.others()).toBe(before);
  });

  test('what cannot be merged is left alone', async () => {
    await commit(ada);
    await push(ada);
    grace.git('pull', '-q');
    grace.write('a', 'by grace\n');
    grace.git('commit', '-qam', 'grace');
    grace.git('push', '-q');
    ada.write('a', 'by ada\n');
    ada.git('commit', '-qam', 'ada');
    ada.write('b', 'unstaged\n');
    const before = [ada.git('rev-parse', 'HEAD'), ada.others()];
    await expect(pull(ada)).rejects.toMatchObject({ code: 'pull-conflicts' });
    expect([ada.git('rev-parse', 'HEAD'), ada.others()]).toEqual(before);
  });

  test.each([['staged work', 'pull-over-staged'], ['a hook that refuses', 'not-pulled']])('%s keeps git from merging, and all stays as it was', async (what, code) => {
    await bothGoOn();
    ada.write('a', 'changed\n');
    if (what === 'staged work') ada.git('add', 'a');
    else ada.hook('pre-merge-commit', 'echo no merges >&2\nexit 1');
    const before = [ada.git('rev-parse', 'HEAD'), ada.others()];
    await expect(pull(ada)).rejects.toMatchObject({ code });
    expect([ada.git('rev-parse', 'HEAD'), ada.others()]).toEqual(before);
    expect(ada.git('status')).not.toContain('merging');
  });
});
