import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { markdownReport } from '../../src/core/report/markdown/markdown.ts';
import { htmlReport } from '../../src/core/report/html/html.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { PackageRunsReader } from '../../src/node/record/packageRuns.ts';
import { readReport } from '../../src/node/record/readReport.ts';

const ROOT = '01J9AAAAAAAAAAAAAAAAAAAAAA';
const PART = '01J9BBBBBBBBBBBBBBBBBBBBBB';
const OTHER = '01J9CCCCCCCCCCCCCCCCCCCCCC';
const TEXT = '# Procedures\n\n- [ ] One\n- [ ] Two\n\n## Rollback\n\n### Level 2: Code back\n\n```bash\nback\n```\n';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let base: string;
let store: JsonlStore;
const runs = (): string => join(base, '.runbooks', 'runs');
const folder = (run: string): string => join(runs(), run);

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'guided-runbooks-package-'));
  store = new JsonlStore({ runs: runs(), boundary: base, claims: join(base, 'claims') });
});
afterEach(async () => {
  await store.dispose();
  await rm(base, { recursive: true, force: true });
});

async function record(run: string, file: string, ...more: readonly RunEventBody[]): Promise<void> {
  await store.saveText(run, TEXT);
  const start: RunEventBody = { type: 'run.started', title: file, file, textSha256: sha256(TEXT), git: null, ...(run === PART ? { partOf: { runId: ROOT, file: 'release.md' } } : {}) };
  for (const [at, body] of [start, ...more].entries()) await store.append({ id: `${run}-${String(at)}`, run, time: `2026-01-05T14:0${String(at)}:00.000Z`, actor: { name: 'Ada', email: null }, body });
}
const claim = async (run: string): Promise<void> => {
  await store.claim(run, false);
};
const ROLLED: readonly RunEventBody[] = [
  { type: 'values.taken', values: [{ name: 'VERSION', value: 'v2|<b>', kind: 'value', from: { runId: ROOT, file: 'release.md' }, at: '2026-01-05T14:00:00.000Z' }] },
  { type: 'rollback.started', rollbackId: 'r', level: 2, title: 'Code back', budgetSeconds: null, planSha256: 'a'.repeat(64), commands: [] },
  { type: 'rollback.ended', rollbackId: 'r', outcome: 'succeeded', reason: null },
];

it('reads the runs that were driven from here, each again only after it has changed', async () => {
  for (const run of [ROOT, PART]) await claim(run);
  await record(ROOT, 'release.md');
  await record(PART, 'rollback.md');
  // As it comes with git: nobody has driven it from here.
  await record(OTHER, 'stranger.md');
  const reader = new PackageRunsReader(runs(), store);
  const { runs: first, unread } = await reader.read();
  expect(unread).toEqual([]);
  expect(first.map(({ runId, partOf }) => [runId, partOf?.runId ?? null])).toEqual([[PART, ROOT], [ROOT, null]]);
  const { runs: second } = await reader.read();
  expect(second[0]).toBe(first[0]);
  await store.append({ id: 'x', run: PART, time: '2026-01-05T15:00:00.000Z', actor: { name: 'Ada', email: null }, body: { type: 'field.filled', name: 'n', value: 'v' } });
  const { runs: third } = await reader.read();
  expect([third[0]?.fields.get('n'), third[1] === first[1]]).toEqual(['v', true]);
});

it('passes over what is damaged or leads elsewhere', async () => {
  await claim(ROOT);
  await record(ROOT, 'release.md');
  await claim(OTHER);
  await symlink(folder(ROOT), folder(OTHER));
  await claim(PART);
  await record(PART, 'rollback.md');
  await writeFile(join(folder(PART), 'w-0000000000000000.jsonl'), 'no line of a record\n');
  const { runs: found, unread } = await new PackageRunsReader(runs(), store).read();
  expect(found.map(({ runId }) => runId)).toContain(ROOT);
  expect(found.filter(({ file }) => file === 'release.md')).toHaveLength(1);
  expect(unread).toEqual([]);
});

it('uses of a run only what was written here, remarks aside, and that it is over', async () => {
  await claim(ROOT);
  await record(ROOT, 'release.md', { type: 'field.filled', name: 'VERSION', value: 'v1' });
  // A colleague's file, as git brings it.
  const other = new JsonlStore({ runs: runs(), boundary: base, claims: join(base, 'claims of another machine') });
  await other.read(ROOT);
  const foreign = async (id: string, body: RunEventBody): Promise<void> => void (await other.append({ id, run: ROOT, time: '2026-01-05T16:00:00.000Z', actor: { name: 'Eve', email: null }, body }));
  await foreign('f', { type: 'field.filled', name: 'VERSION', value: 'v2' });
  const reader = new PackageRunsReader(runs(), store);
  expect((await reader.read()).runs.map(({ fields, ended }) => [fields.get('VERSION'), ended])).toEqual([['v1', null]]);
  await foreign('g', { type: 'run.ended', outcome: 'abandoned', reason: 'r' });
  await other.dispose();
  expect((await reader.read()).runs.map(({ fields, ended }) => [fields.get('VERSION'), ended?.outcome])).toEqual([['v1', 'abandoned']]);
});

it('names a run that is damaged, too large, or was started elsewhere', async () => {
  await claim(ROOT);
  await record(ROOT, 'release.md');
  const [file = ''] = (await readdir(folder(ROOT))).filter((name) => name.endsWith('.jsonl'));
  await appendFile(join(folder(ROOT), file), 'no line of a record\n');
  const reader = new PackageRunsReader(runs(), store);
  expect((await reader.read()).unread.map(({ runId, file: of, words }) => [runId, of, words])).toEqual([[ROOT, 'release.md', expect.stringContaining('is damaged') as unknown]]);
  await appendFile(join(folder(ROOT), file), 'x'.repeat(8 * 1024 * 1024));
  const { runs: found, unread } = await reader.read();
  expect([found, unread.map(({ words }) => words)]).toEqual([[], [expect.stringContaining('larger than 8 MB') as unknown]]);
});

it('is not kept from a run that was driven here by many that came with git', async () => {
  await claim(ROOT);
  await record(ROOT, 'release.md');
  const many = Array.from({ length: 200 }, (_, place) => `01J9Z${String(place).padStart(21, '0')}`);
  const listed = { list: () => Promise.resolve([...many, ROOT]), isKnown: (id: string) => store.isKnown(id), ownWriters: (id: string) => store.ownWriters(id) };
  expect((await new PackageRunsReader(runs(), listed).read()).runs.map(({ runId }) => runId)).toEqual([ROOT]);
});

it('reports of the whole tell of its parts, and those of a part what it belongs to and took over', async () => {
  await record(ROOT, 'release.md');
  await record(PART, 'rollback.md', ...ROLLED);
  await record(OTHER, 'stranger.md');
  const whole = await readReport(folder(ROOT));
  expect(whole.members?.map(({ runId, outcome, steps, rollbacks }) => [runId, outcome, steps, rollbacks.map(({ level, outcome: how }) => [level, how])])).toEqual([[PART, 'open', { total: 2, settled: 0 }, [[2, 'succeeded']]]]);
  expect(markdownReport(whole)).toContain('## Runs that are part of it\n\n- rollback.md: not ended · 0 of 2 steps · Level 2: Code back: succeeded');
  expect(htmlReport(whole)).toContain('<h2>Runs that are part of it</h2>');
  const part = await readReport(folder(PART));
  expect([part.partOf, part.members, part.taken?.map(({ name }) => name)]).toEqual([{ runId: ROOT, file: 'release.md' }, undefined, ['VERSION']]);
  const text = markdownReport(part);
  expect(text).toContain('Part of run AAAA of release.md');
  expect(text).not.toContain('v2|<b>');
  expect(htmlReport(part)).not.toContain('<b>,');
  expect((await readReport(folder(OTHER))).members).toBeUndefined();
});

it('reports of the whole name a run that could not be read', async () => {
  await record(ROOT, 'release.md');
  await record(PART, 'rollback.md', ...ROLLED);
  await record(OTHER, 'stranger.md');
  for (const name of await readdir(folder(OTHER))) if (name.endsWith('.jsonl')) await writeFile(join(folder(OTHER), name), 'no line of a record\n');
  const whole = await readReport(folder(ROOT));
  expect(whole.membersUnread).toEqual([`Run ${OTHER} could not be read: it is not known whether it is a part of this run, and its outcome is unknown.`]);
  for (const text of [markdownReport(whole), htmlReport(whole)]) expect(text).toContain('and its outcome is unknown.');
  // A run that has no parts and names no package is not told of others.
  expect((await readReport(folder(PART))).membersUnread).toBeUndefined();
});
