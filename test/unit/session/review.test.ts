import { describe, expect, test } from 'vitest';
import type { Actor, RunEvent } from '../../../src/core/run/events.ts';
import { UserError } from '../../../src/core/userError.ts';
import type { Finding } from '../../../src/core/record/integrity.ts';
import { ReviewSession } from '../../../src/session/review/reviewSession.ts';
import { CountingIds } from '../../fakes/countingIds.ts';
import { ManualClock } from '../../fakes/manualClock.ts';
import { MemoryDisk, MemoryStore } from '../../fakes/memoryStore.ts';
import { orders, ordersText, successfulRun } from '../../fakes/reportedRuns.ts';

const RUN = '01J9ZZZZZZZZZZZZZZZZZZ7QXW';
const grace: Actor = { name: 'Mary', email: 'mary@example.org' };

/** A record on a disk, and windows in which people look at it. */
class Desk {
  readonly disk = new MemoryDisk();
  readonly ids = new CountingIds();
  findings: readonly Finding[] = [];
  #windows = 0;

  constructor(events: readonly RunEvent[] = successfulRun(), text: string | null = ordersText) {
    const textSha256 = this.ids.sha256(ordersText);
    this.disk.events.set(RUN, events.map((event) => (event.body.type === 'run.started' ? { ...event, body: { ...event.body, textSha256 } } : event)));
    if (text !== null) this.disk.texts.set(RUN, text);
  }

  open(who: Actor): Promise<ReviewSession> {
    const store = new MemoryStore(this.disk, `reviewer-${String((this.#windows += 1))}`);
    return ReviewSession.open({
      reader: {
        inspect: () => Promise.resolve({ events: this.disk.eventsOf(RUN), findings: this.findings }),
        anchor: () => Promise.resolve({ kind: 'notCommitted' }),
        readText: (sha256) => store.readText(RUN, sha256),
      },
      store,
      versionControl: { actor: () => Promise.resolve(who) },
      clock: new ManualClock(),
      ids: this.ids,
      parse: () => orders,
    });
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof UserError ? error.code : String(error);
  }
}

const say = async (session: ReviewSession, type: 'remark' | 'approve' | 'reject', stepId: string | null, words: string): Promise<string> => {
  const asked = await codeOf(session.perform({ type, stepId }));
  return asked === 'done' ? codeOf(session.answer(session.snapshot.prompt?.id ?? '', { reason: words })) : asked;
};

describe('a reviewer', () => {
  test('adds remarks and a decision to a run that is over, and nothing else is written', async () => {
    const desk = new Desk();
    const before = desk.disk.eventsOf(RUN).length;
    const session = await desk.open(grace);
    expect([await say(session, 'remark', 'restart', 'slow today'), await say(session, 'approve', null, '')]).toEqual(['done', 'done']);
    expect(desk.disk.eventsOf(RUN).slice(before).map(({ actor, body }) => [actor.name, body])).toEqual([
      ['Mary', { type: 'remark.added', stepId: 'restart', text: 'slow today' }],
      ['Mary', { type: 'approval.given', stepId: null, decision: 'approved', note: null }],
    ]);
    expect(session.snapshot.state.remarks).toHaveLength(1);
    expect(desk.disk.claims.size).toBe(0);
  });

  test('who took part is told so before being asked for words, and again when it turns out meanwhile', async () => {
    const desk = new Desk();
    const ada = await desk.open({ name: 'Ada', email: null });
    expect(await codeOf(ada.perform({ type: 'approve', stepId: null }))).toBe('own-run');
    expect(ada.snapshot.prompt).toBeNull();
    expect(ada.snapshot.error).toContain('took part');
    const mary = await desk.open(grace);
    await mary.perform({ type: 'approve', stepId: null });
    const [first] = desk.disk.eventsOf(RUN);
    if (first !== undefined) desk.disk.events.set(RUN, [...desk.disk.eventsOf(RUN), { ...first, id: 'late', writer: 'other', seq: 1, actor: grace, body: { type: 'step.unticked', stepId: 'backup' } }]);
    expect(await codeOf(mary.answer(mary.snapshot.prompt?.id ?? '', { reason: '' }))).toBe('own-run');
    expect(desk.disk.eventsOf(RUN).some(({ body }) => body.type === 'approval.given')).toBe(false);
  });

  test('a rejection needs words; cancelling records nothing', async () => {
    const session = await new Desk().open(grace);
    expect(await say(session, 'reject', null, ' ')).toBe('done');
    const { prompt } = session.snapshot;
    expect(prompt?.inputs[0]?.error).not.toBeNull();
    await session.answer(prompt?.id ?? '', null);
    expect([session.snapshot.prompt, session.snapshot.state.approvals]).toEqual([null, []]);
  });

  test('a disk that takes nothing is told, and nothing is shown as said', async () => {
    const desk = new Desk();
    const session = await desk.open(grace);
    desk.disk.isFull = true;
    expect(await say(session, 'remark', null, 'hello')).toBe('not-recorded');
    expect(session.snapshot.state.remarks).toEqual([]);
  });
});

describe('a record', () => {
  test('that is written by a newer version takes no words', async () => {
    const session = await new Desk(successfulRun().map((event, at) => (at === 3 ? { ...event, v: 2 } : event))).open(grace);
    expect(await say(session, 'remark', null, 'hello')).toBe('locked');
  });

  test('is shown with the text that it names, or without one', async () => {
    const kept = await new Desk().open(grace);
    const missing = await new Desk(successfulRun(), null).open(grace);
    const changed = await new Desk(successfulRun(), `${ordersText} `).open(grace);
    expect([kept, missing, changed].map(({ snapshot }) => snapshot.text)).toEqual(['kept', 'missing', 'changed']);
    expect(kept.snapshot.runbook.steps).toHaveLength(orders.steps.length);
    expect(changed.snapshot.runbook.steps.map(({ id }) => id)).toEqual(['backup', 'told', 'restart', 'check', 'go']);
  });

  test('is followed when its files change', async () => {
    const desk = new Desk();
    const session = await desk.open(grace);
    let changes = 0;
    session.onDidChange(() => (changes += 1));
    desk.findings = [{ kind: 'noStart' }];
    await session.refresh();
    expect([changes > 0, session.snapshot.integrity?.findings.length]).toEqual([true, 1]);
    const before = changes;
    session.dispose();
    await session.refresh();
    expect(changes).toBe(before);
  });
});
