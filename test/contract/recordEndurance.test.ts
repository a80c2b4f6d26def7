import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fold } from '../../src/core/run/evolve.ts';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { inspectRecord } from '../../src/node/record/inspectRecord.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { killRounds } from '../harness/killRounds.ts';


let workspace: string;
let claims: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runbooks-end-'));
  claims = mkdtempSync(join(tmpdir(), 'runbooks-claims-'));
});
afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
  rmSync(claims, { recursive: true, force: true });
});

const open = (): JsonlStore => new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims });

test('killed 12 times at any point, no event that was confirmed is lost, and no end is guessed', { timeout: 120_000 }, async () => {
  const report = await killRounds({ rounds: 12, limitMs: 100_000, seed: 12 });
  expect(report).toMatchObject({ rounds: 12, lost: [], odd: [], guessed: [] });
  expect(report.confirmed).toBeGreaterThan(100);
});

test('two people’s records come together with git merge, in either order, and fold to the same', async () => {
  const git = (...words: readonly string[]): string => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'core.autocrlf=true', ...words], { cwd: workspace, encoding: 'utf8' });
  const tick = (store: JsonlStore, id: string, body: RunEventBody = { type: 'step.ticked', stepId: id, note: null }): Promise<unknown> =>
    store.append({ id, run: 'R1', time: '2026-01-05T14:00:00.000Z', actor: { name: id, email: null }, body });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(workspace, 'README'), '');
  const first = open();
  await first.saveText('R1', '# Deploy\n');
  await tick(first, 'a', { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: createHash('sha256').update('# Deploy\n').digest('hex'), git: null });
  git('add', '-A');
  git('commit', '-qm', 'start');
  for (const who of ['ann', 'bob']) {
    git('checkout', '-q', '-b', who, 'main');
    const store = open();
    await store.read('R1');
    await tick(store, `${who}-1`);
    const output = await store.saveOutput('R1', `x-${who}`, { text: `${who}\n`, cut: false });
    await tick(store, `${who}-2`, { type: 'command.ended', executionId: `x-${who}`, outcome: { kind: 'exited', code: 0 }, durationMs: 1, environmentCarried: null, outputTail: null, output });
    await tick(store, 'same', { type: 'step.skipped', stepId: 'same', reason: who });
    git('add', '-A');
    git('commit', '-qm', who);
  }
  const merged: unknown[] = [];
  for (const [one, other] of [['ann', 'bob'], ['bob', 'ann']] as const) {
    git('checkout', '-q', '-B', `merge-${one}`, one);
    git('merge', '-q', '--no-edit', other);
    const { events, damage } = await open().read('R1');
    expect([events.length, damage]).toEqual([7, []]);
    expect((await inspectRecord(join(workspace, '.runbooks', 'runs', 'R1'))).findings).toEqual([]);
    merged.push(fold(events));
  }
  expect(merged[0]).toEqual(merged[1]);
  // A clone of somebody whose git changes line ends.
  const clone = join(claims, 'clone');
  mkdirSync(clone);
  cpSync(join(workspace, '.git'), join(clone, '.git'), { recursive: true });
  execFileSync('git', ['-c', 'core.autocrlf=true', '-c', 'core.eol=crlf', 'checkout', '-q', '--force', 'merge-ann'], { cwd: clone });
  execFileSync('git', ['-c', 'core.autocrlf=true', 'reset', '-q', '--hard'], { cwd: clone });
  const there = new JsonlStore({ runs: join(clone, '.runbooks', 'runs'), boundary: clone, claims });
  expect(fold((await there.read('R1')).events)).toEqual(merged[0]);
  expect(await there.readText('R1')).toBe('# Deploy\n');
  expect((await inspectRecord(join(clone, '.runbooks', 'runs', 'R1'))).findings).toEqual([]);
  expect(readFileSync(join(clone, '.runbooks', '.gitattributes'), 'utf8')).toContain('-text');
});

test.each([
  ['as they are made', false],
  ['without .gitattributes, which makes CRLF of every line end', true],
])('two clones and a bare remote, %s: pulled in either order, both have the same whole record', async (_how, isBare) => {
  const remote = join(workspace, 'remote.git');
  const sha256 = createHash('sha256').update('# Deploy\n').digest('hex');
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
  const clone = (who: string): { readonly folder: string; readonly git: (...words: readonly string[]) => void; readonly record: (...bodies: readonly RunEventBody[]) => Promise<void> } => {
    const folder = join(workspace, who);
    execFileSync('git', ['-c', 'core.autocrlf=true', 'clone', '-q', remote, folder], { stdio: 'ignore' });
    const git = (...words: readonly string[]): void => void execFileSync('git', ['-c', `user.name=${who}`, '-c', `user.email=${who}@example.org`, '-c', 'core.autocrlf=true', '-c', 'core.safecrlf=false', ...words], { cwd: folder, stdio: 'pipe' });
    const record = async (...bodies: readonly RunEventBody[]): Promise<void> => {
      const store = new JsonlStore({ runs: join(folder, '.runbooks', 'runs'), boundary: folder, claims: join(claims, who) });
      await store.read('R1');
      for (const [at, body] of bodies.entries()) {
        if (body.type === 'run.started') await store.saveText('R1', '# Deploy\n');
        const output = body.type === 'command.ended' ? await store.saveOutput('R1', body.executionId, { text: `${who}\n`, cut: false }) : null;
        await store.append({ id: `${who}-${body.type}-${String(at)}`, run: 'R1', time: '2026-01-05T14:00:00.000Z', actor: { name: who, email: null }, body: body.type === 'command.ended' ? { ...body, output } : body });
      }
      await store.dispose();
      if (isBare) rmSync(join(folder, '.runbooks', '.gitattributes'), { force: true });
      git('add', '-A', '.runbooks');
      git('commit', '-qm', who);
    };
    return { folder, git, record };
  };
  const ran = (executionId: string, stepId: string): readonly RunEventBody[] => [
    { type: 'command.started', executionId, owner: { kind: 'step', stepId }, index: 0, count: 1, sha256, text: 'x', source: null, shell: 'sh', acknowledged: [] },
    { type: 'command.ended', executionId, outcome: { kind: 'exited', code: 0 }, durationMs: 1, environmentCarried: null, outputTail: null },
    { type: 'step.skipped', stepId: 'both', reason: executionId },
  ];
  const ann = clone('ann');
  await ann.record({ type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: sha256, git: null });
  ann.git('push', '-q', 'origin', 'HEAD:main');
  const bob = clone('bob');
  await ann.record(...ran('x-ann', 'a'));
  await bob.record(...ran('x-bob', 'b'));
  ann.git('push', '-q', 'origin', 'HEAD:main');
  bob.git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'main');
  bob.git('push', '-q', 'origin', 'HEAD:main');
  ann.git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'main');
  const seen = await Promise.all([ann, bob].map(({ folder }) => inspectRecord(join(folder, '.runbooks', 'runs', 'R1'))));
  for (const { events, findings } of seen) expect([events.length, findings]).toEqual([7, []]);
  expect(fold(seen[0]?.events ?? [])).toEqual(fold(seen[1]?.events ?? []));
  const cy = clone('cy');
  expect((await inspectRecord(join(cy.folder, '.runbooks', 'runs', 'R1'))).findings).toEqual([]);
  const line = readFileSync(join(cy.folder, '.runbooks', 'runs', 'R1', 'runbook.md'), 'latin1');
  expect(line.includes('\r')).toBe(isBare);
});
