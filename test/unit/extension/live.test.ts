import { describe, expect, it } from 'vitest';
import { isSafeWhenStale, unreadable } from '../../../src/extension/sessions/staleText.ts';
import { blockAtLine } from '../../../src/core/view/blockAtLine.ts';
import { accessOf } from '../../../src/core/view/access.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { act, SessionKit } from '../../fakes/sessionKit.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { ViewInput } from '../../../src/core/view/input.ts';
import type { RunSession } from '../../../src/session/api.ts';

const TEXT = '---\nrunbook: 1\n---\n# R\n\n**First**:\n\n```bash {#first}\ntrue\n```\n\n- [ ] Look\n  - [ ] Closer\n\n## Rollback\n\n### Level 1: Back\n\n```bash\nback\n```\n';
const inputOf = (session: RunSession, more: Partial<ViewInput> = {}): ViewInput => ({ ...session.snapshot, trusted: true, git: null, me: 'Ada', formatTime: (iso) => iso, isShared: true, pastDurations: new Map(), hostNotices: [], ...more });

describe('the block at a line', () => {
  const { blocks } = buildPanelView(inputOf(new SessionKit().open(parseRunbook(TEXT))));
  it.each([
    [1, null],
    [4, null],
    [9, 'step:first'],
    [12, 'step:r/look'],
    [13, 'step:r/look/closer'],
    [17, 'section:rollback/level-1-back'],
    [999, blocks.at(-1)?.key ?? ''],
  ])('%i: %s', (line, key) => {
    expect(blockAtLine(blocks, line)).toBe(key);
  });
});

describe('a text whose front matter can no longer be read', () => {
  const good = parseRunbook(TEXT);
  const broken = parseRunbook(TEXT.replace('runbook: 1', 'runbook: "1'));

  it('is not taken, unless it could not be read before either', () => {
    expect(unreadable(good, broken)).toMatchObject({ code: 'front-matter-syntax', line: 2 });
    expect(unreadable(good, parseRunbook(TEXT.replace('First', 'Second')))).toBeNull();
    expect(unreadable(broken, broken)).toBeNull();
  });

  it('lets stop, take back and write down, and neither start nor run', () => {
    const step = (action: 'run' | 'retry' | 'stop' | 'tick' | 'markDone') => isSafeWhenStale({ type: 'step', action, stepId: 'a', revision: 1 });
    expect([step('run'), step('retry'), step('stop'), step('tick'), step('markDone')]).toEqual([false, false, true, true, true]);
    expect((['startRun', 'runNext', 'runUntilGate', 'verify', 'rebaseRun', 'watchMonitors', 'planRehearsal'] as const).map((type) => isSafeWhenStale({ type } as never))).not.toContain(true);
    expect((['pause', 'planRollback', 'confirmRollback', 'stopRollback', 'retryRollback'] as const).map((type) => isSafeWhenStale({ type } as never))).not.toContain(false);
  });

  it('says so on every button that would run or start something, and on none that takes back', async () => {
    const kit = new SessionKit();
    const session = kit.open(good);
    const because = 'The front matter cannot be read.';
    expect(accessOf(inputOf(session, { staleBecause: because })).start).toBe(because);
    await session.perform({ type: 'startRun' });
    await act(session, 'run', 'first');
    await session.whenIdle();
    const access = accessOf(inputOf(session, { staleBecause: because }));
    expect([access.run, access.runBeside, access.rebase]).toEqual([because, because, because]);
    expect([access.rollBack, access.stop, access.end, access.record]).toEqual([null, null, null, null]);
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
    const { rollback } = buildPanelView(inputOf(session, { staleBecause: because }));
    expect(rollback?.actions.find(({ id }) => id === 'confirmRollback')?.disabledBecause).toBeNull();
    expect(rollback?.actions.find(({ id }) => id === 'planRehearsal')?.disabledBecause).toBe(because);
  });
});
