import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planRehearsal } from '../../../src/core/rollback/planRehearsal.ts';
import { planRollback } from '../../../src/core/rollback/planRollback.ts';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import { drawRollback } from './draw.ts';
import { ends, exit, input, plan, runs, started, stateAfter } from './fixture.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const before = [started, runs(plan, 'restart'), ends('x-restart', exit(1))];

function planOf(level: number): ReturnType<typeof planRollback> {
  return planRollback(plan, stateAfter(before), level, sha256);
}

const begun: RunEventBody = {
  type: 'rollback.started', rollbackId: 'r1', level: 1, title: 'Feature toggle', budgetSeconds: 120, planSha256: planOf(1).planId, commands: planOf(1).commands,
};
const undoes = { ...runs(plan, 'restart', 'x-undo'), owner: { kind: 'rollback', rollbackId: 'r1' } } as RunEventBody;

/** The sheet after these facts, with level 1 looked at. */
function sheet(facts: readonly RunEventBody[], more: Parameters<typeof input>[1] = {}): string {
  return drawRollback(buildPanelView(input(stateAfter([...before, ...facts]), { plan: planOf(1), ...more })).rollback);
}

describe('the rollback sheet', () => {
  it('is a plan until it is confirmed', () => {
    expect(sheet([])).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [plan] < 2 minutes
        undo $ orders flag off (idle)
        affects Restart
        Roll back to level 1 · Rehearse… · Cancel"
    `);
    expect(sheet([], { trusted: false })).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [plan] < 2 minutes
        undo $ orders flag off (idle)
        affects Restart
        (Roll back to level 1: This workspace is in Restricted Mode. Trust it to run commands.) · (Rehearse…: This workspace is in Restricted Mode. Trust it to run commands.) · Cancel"
    `);
  });

  it('shows what runs, and offers the next level when the budget is used up', () => {
    expect(sheet([begun, undoes])).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [running] < 2 minutes
        undo $ orders flag off (running)
        affects Restart
        Show terminal · Stop"
    `);
    expect(sheet([begun, undoes], { overBudget: true })).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [running] < 2 minutes
        undo $ orders flag off (running)
        affects Restart
        warning: Its time budget is used up. It goes on until it ends or is stopped; the next level can be chosen then.
        Show terminal · Stop · (Look at level 2: Restore: Stop what is running first.)"
    `);
  });

  it('stays at a failure and offers what can be done', () => {
    expect(sheet([begun, undoes, ends('x-undo', exit(3))])).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [failed] < 2 minutes
        undo $ orders flag off (failed)
        affects Restart
        error: The command failed with exit 3, and nothing after it has run. Look at its output, then go on from here, or look at the next level.
        Go on from here · Look at level 2: Restore · Show terminal · Give up this rollback…"
    `);
    expect(sheet([begun, undoes, ends('x-undo', { kind: 'lost', reason: 'it is gone' })])).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [unknown] < 2 minutes
        undo $ orders flag off (unknown)
        affects Restart
        error: Nobody knows how the command ended: it is gone. It may have done all, some or none of its work. Verify by hand, then run it again, or look at the next level.
        Run it again · Look at level 2: Restore · Show terminal · Give up this rollback…"
    `);
  });

  it('shows another level while nothing runs', () => {
    const facts = [begun, undoes, ends('x-undo', exit(3))];
    expect(sheet(facts, { plan: planOf(2) })).toMatchInlineSnapshot(`
      "Level 2: Restore [plan] 45 minutes
        undo $ orders restore
      orders restart (idle)
        affects Restart
        Roll back to level 2 · (Rehearse…: The rollback to level 1 has not ended.) · Cancel"
    `);
  });

  it('says that it was interrupted between two commands', () => {
    expect(sheet([begun], { plan: null })).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [failed] 2 min
        undo $ orders flag off (idle)
        warning: This rollback was interrupted between two commands. It goes on at the first one that has not succeeded.
        Go on from here · Look at level 2: Restore · Show terminal · Give up this rollback…"
    `);
  });

  it('ends', () => {
    const facts: RunEventBody[] = [begun, undoes, ends('x-undo', exit(0)), { type: 'rollback.ended', rollbackId: 'r1', outcome: 'succeeded', reason: null }];
    expect(sheet(facts)).toMatchInlineSnapshot(`
      "Level 1: Feature toggle [succeeded] < 2 minutes
        undo $ orders flag off (ok)
        affects Restart
        info: Every command of this level has succeeded.
        End run as rolled back · Close"
    `);
    expect(sheet(facts, { plan: null })).toBe('-');
  });

  it('leaves one button that ends the run: in the sheet while that is open, else in the header', () => {
    const facts: RunEventBody[] = [begun, undoes, ends('x-undo', exit(0)), { type: 'rollback.ended', rollbackId: 'r1', outcome: 'succeeded', reason: null }];
    const offered = (more: Parameters<typeof input>[1]): readonly string[] => {
      const { header, rollback } = buildPanelView(input(stateAfter([...before, ...facts]), more));
      return [header.primary, ...header.actions, ...(rollback?.actions ?? [])].flatMap((action) => (action?.id === 'endRun' ? [`${action.style}: ${action.label}`] : []));
    };
    expect(offered({ plan: planOf(1) })).toEqual(['primary: End run as rolled back']);
    expect(offered({ plan: null })).toEqual(['primary: End run as rolled back']);
    expect(offered({ plan: planOf(2) })).toEqual(['primary: End run as rolled back']);
  });

  it('calls a level running only while a command of it runs', () => {
    const level = (facts: readonly RunEventBody[]): string | undefined => buildPanelView(input(stateAfter([...before, ...facts]))).dock.levels[0]?.state;
    expect(level([begun, undoes])).toBe('running');
    expect(level([begun])).toBe('unfinished');
    expect(level([begun, undoes, ends('x-undo', { kind: 'lost', reason: 'it is gone' })])).toBe('unfinished');
    expect(level([begun, undoes, ends('x-undo', exit(3))])).toBe('failed');
  });

  it('calls it running while a command of it waits to be tried again, and offers Stop', () => {
    const repetition = { owner: { kind: 'rollback', rollbackId: 'r1' }, next: { number: 2, of: 3 }, everySeconds: 10 } as const;
    const view = buildPanelView(input(stateAfter([...before, begun, undoes, ends('x-undo', exit(3))]), { plan: planOf(1), repetition })).rollback;
    expect(view).toMatchObject({ phase: 'running', message: { severity: 'warning', text: expect.stringContaining('Attempt 1 of 3 did not succeed') as string } });
    expect(view?.actions.map(({ id }) => id)).toContain('stopRollback');
    expect(view?.actions.map(({ id }) => id)).not.toContain('retryRollback');
  });

  it('that was rehearsed can be rehearsed again, whatever came of it', () => {
    const staged: RunEventBody = { ...started, environment: { name: 'staging', confirm: null, variables: [] } } as RunEventBody;
    const practised = planRehearsal(plan, stateAfter([staged]), 1, sha256('text'), sha256);
    const rehearsal: RunEventBody = { type: 'rehearsal.started', rollbackId: 'r2', level: 1, title: 'Feature toggle', budgetSeconds: 120, planSha256: practised.planId, levelSha256: planOf(1).planId, textSha256: sha256('text'), commands: practised.commands };
    for (const outcome of ['succeeded', 'abandoned'] as const) {
      const facts: RunEventBody[] = [staged, rehearsal, { type: 'rehearsal.ended', rollbackId: 'r2', outcome, reason: outcome === 'abandoned' ? 'r' : null }];
      const view = buildPanelView(input(stateAfter(facts), { plan: practised })).rollback;
      expect([outcome, view?.rehearsal !== undefined, view?.actions.map(({ id, disabledBecause }) => [id, disabledBecause])]).toEqual([outcome, true, [['confirmRehearsal', null], ['closeRollback', null]]]);
    }
  });
});
