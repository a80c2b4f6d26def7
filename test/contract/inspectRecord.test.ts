import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/core/record/integrity.ts';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { inspectRecord } from '../../src/node/record/inspectRecord.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { encodeLine } from '../../src/node/record/lines.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runbooks-inspect-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const TEXT = '# Deploy\n\n- [ ] a\n';
const open = (): JsonlStore => new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(workspace, 'claims') });
const folder = (): string => join(workspace, '.runbooks', 'runs', 'R1');
const file = (name: string): string => join(folder(), name);
const writers = (): readonly string[] => readdirSync(folder()).filter((name) => name.endsWith('.jsonl'));
let count = 0;
const append = (store: JsonlStore, body: RunEventBody): Promise<unknown> => store.append({ id: `e${String((count += 1))}`, run: 'R1', time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
const tick = (store: JsonlStore, stepId: string): Promise<unknown> => append(store, { type: 'step.ticked', stepId, note: null });

async function started(): Promise<JsonlStore> {
  const store = open();
  await store.saveText('R1', TEXT);
  await append(store, { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: createHash('sha256').update(TEXT).digest('hex'), git: null });
  await tick(store, 'a');
  return store;
}

const findings = async (): Promise<readonly Finding[]> => (await inspectRecord(folder())).findings;

describe('looking a record over', () => {
  test('a whole one has no findings', async () => {
    await started();
    const { events, findings } = await inspectRecord(folder());
    expect([events.length, findings]).toEqual([2, []]);
  });

  test('the runbook’s text that is gone or is another one is found', async () => {
    await started();
    writeFileSync(file('runbook.md'), `${TEXT}\n- [ ] b\n`);
    expect(await findings()).toEqual([{ kind: 'text', problem: 'changed' }]);
    rmSync(file('runbook.md'));
    expect(await findings()).toEqual([{ kind: 'text', problem: 'missing' }]);
  });

  test('a text that the run took later is looked at as well', async () => {
    const store = await started();
    const [first = '', second = ''] = ['# One\n', '# Two\n'].map((text) => createHash('sha256').update(text).digest('hex'));
    for (const [textSha256, text] of [[first, '# One\n'], [second, '# Two\n']] as const) {
      await store.saveText('R1', text, textSha256);
      await append(store, { type: 'run.rebased', fromSha256: null, textSha256, renamed: [], reopened: [], kept: [] });
    }
    expect(await findings()).toEqual([]);
    writeFileSync(file(`runbook.${first}.md`), '# Other\n');
    rmSync(file(`runbook.${second}.md`));
    expect(await findings()).toEqual([{ kind: 'text', problem: 'changed', sha256: first }, { kind: 'text', problem: 'missing', sha256: second }]);
  });

  test('what another writer had seen and is cut off, or gone altogether, is found', async () => {
    await started();
    const [first = ''] = writers();
    const writer = first.replace('.jsonl', '');
    const other = open();
    await other.read('R1');
    await tick(other, 'b');
    writeFileSync(file(first), `${readFileSync(file(first), 'utf8').split('\n')[0] ?? ''}\n`);
    expect(await findings()).toEqual([{ kind: 'unseen', writer, upTo: 2, found: 1 }]);
    rmSync(file(first));
    expect(await findings()).toEqual([{ kind: 'unseen', writer, upTo: 2, found: 0 }, { kind: 'noStart' }]);
  });

  test('output that is gone or is another one is found', async () => {
    const store = await started();
    for (const executionId of ['x1', 'x2', 'x3']) {
      const output = executionId === 'x3' ? null : await store.saveOutput('R1', executionId, { text: `${executionId}\n`, cut: false });
      await append(store, { type: 'command.ended', executionId, outcome: { kind: 'exited', code: 0 }, durationMs: 1, environmentCarried: null, outputTail: null, output });
    }
    expect(await findings()).toEqual([]);
    writeFileSync(file('output/x1.txt'), 'all went well\n');
    rmSync(file('output/x2.txt'));
    expect(await findings()).toEqual([{ kind: 'output', executionId: 'x1', problem: 'changed' }, { kind: 'output', executionId: 'x2', problem: 'missing' }]);
  });

  test('a line of a newer version is told once for each file and kept', async () => {
    await started();
    const [name = ''] = writers();
    const writer = name.replace('.jsonl', '');
    const line = (seq: number): Buffer => encodeLine({ v: 2, id: `n${String(seq)}`, run: 'R1', writer: 'w-new', seq, heads: { [writer]: 2 }, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'B', email: null }, body: { type: 'step.blessed', by: 'x' } });
    writeFileSync(file('w-new.jsonl'), Buffer.concat([line(1), Buffer.from('\n')]));
    const { events, findings } = await inspectRecord(folder());
    expect(findings).toEqual([{ kind: 'newer', file: 'w-new.jsonl', line: 1, version: 2 }]);
    expect(events.at(-1)).toMatchObject({ v: 2, body: { type: 'step.blessed' } });
  });

  test('a line that was begun and healed is torn, not damaged', async () => {
    const store = await started();
    const [name = ''] = writers();
    const before = readFileSync(file(name));
    writeFileSync(file(name), Buffer.concat([before, Buffer.from('{"v":1,"id":"half#torn\n')]));
    await store.dispose();
    expect(await findings()).toEqual([{ kind: 'torn', file: name, line: 3 }]);
  });

  test('what is no record is refused', async () => {
    await expect(inspectRecord(join(workspace, 'nowhere'))).rejects.toMatchObject({ code: 'record-unreadable', message: expect.stringContaining('there is no such folder') as string });
    mkdirSync(join(workspace, 'empty'));
    await expect(inspectRecord(join(workspace, 'empty'))).rejects.toMatchObject({ code: 'not-a-record' });
    writeFileSync(join(workspace, 'plain'), '');
    await expect(inspectRecord(join(workspace, 'plain'))).rejects.toMatchObject({ code: 'record-unreadable' });
  });
});
