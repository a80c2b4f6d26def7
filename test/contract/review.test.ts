import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { fold } from '../../src/core/run/evolve.ts';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { SystemIds } from '../../src/node/idSource.ts';
import { inspectRecord } from '../../src/node/record/inspectRecord.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { ReviewSession } from '../../src/session/review/reviewSession.ts';

const TEXT = '# Ship it\n\n- [ ] Look <!-- {#look} -->\n- [ ] Leap <!-- {#leap} -->\n';
const RUN = 'R1';
const ids = new SystemIds();

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runbooks-review-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const folder = (): string => join(workspace, '.runbooks', 'runs', RUN);
const storeOf = (): JsonlStore => new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(workspace, 'claims') });
const write = (store: JsonlStore, body: RunEventBody): Promise<unknown> => store.append({ id: ids.id(), run: RUN, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });

test('a reviewer adds to a run that somebody drives, in a file of their own, and the record stays whole', async () => {
  const driver = storeOf();
  expect(await driver.claim(RUN, false)).toBeNull();
  await driver.saveText(RUN, TEXT);
  await write(driver, { type: 'run.started', title: 'Ship it', file: 'ship.md', textSha256: ids.sha256(TEXT), git: null });
  await write(driver, { type: 'step.ticked', stepId: 'look', note: null });

  const store = storeOf();
  const session = await ReviewSession.open({
    reader: { inspect: () => inspectRecord(folder()), anchor: () => Promise.resolve({ kind: 'unknown' }), readText: () => store.readText(RUN) },
    store,
    versionControl: { actor: () => Promise.resolve({ name: 'Mary', email: null }) },
    clock: Date,
    ids,
    parse: parseRunbook,
  });
  await session.perform({ type: 'approve', stepId: 'look' });
  // The run goes on while the reviewer thinks about the words.
  await write(driver, { type: 'step.ticked', stepId: 'leap', note: null });
  await session.answer(session.snapshot.prompt?.id ?? '', { reason: 'seen' });
  await write(driver, { type: 'run.ended', outcome: 'completed', reason: null });
  await session.refresh();

  expect(session.snapshot).toMatchObject({ text: 'kept', integrity: { findings: [] }, state: { approvals: [{ stepId: 'look', decision: 'approved', isOvertaken: false }], ended: { outcome: 'completed' } } });
  const { events, findings } = await inspectRecord(folder());
  expect([findings, fold(events).approvals.length, readdirSync(folder()).filter((name) => name.endsWith('.jsonl')).length]).toEqual([[], 1, 2]);
  // What the reviewer had seen stands in the event: nothing of it can be taken away unnoticed.
  const approval = events.find(({ body }) => body.type === 'approval.given');
  expect(Object.values(approval?.heads ?? {})).toEqual([3]);
  expect(readFileSync(join(folder(), 'runbook.md'), 'utf8')).toBe(TEXT);
  session.dispose();
  await store.dispose();
  await driver.dispose();
});
