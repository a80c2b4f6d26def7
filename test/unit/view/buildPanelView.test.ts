import { describe, expect, it } from 'vitest';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import { draw, drawBlock } from './draw.ts';
import { ends, exit, input, plan, runs, started, stateAfter } from './fixture.ts';

const view = (...args: Parameters<typeof input>): string => draw(buildPanelView(input(...args)));

/** One step of a view, as text. */
function step(stepId: string, ...args: Parameters<typeof input>): string {
  const found = buildPanelView(input(...args)).blocks.find((block) => block.kind === 'step' && block.stepId === stepId);
  return found === undefined ? 'no such step' : drawBlock(found);
}

describe('the whole panel', () => {
  it('shows a document that nobody runs', () => {
    expect(view(null)).toMatchInlineSnapshot(`
      "Deploy orders [reading] 0/5
      next: Start run
      says: 5 steps. No run has been started.
      info: Before you start: 1 thing to know.
        - 1 step is ticked in the document. A run starts with all of them open.
      ---
      ## Pre-flight 0/2
      - Backup <strong>checked</strong> (2 min) [open]
      - Team told [open]
          #ticked in the document
      ## Phase 1: Canary (4 hours) 0/2
      | <p>Send a tenth of the sessions.</p>
      - Restart [open]
          #limit 1 min
          $ systemctl restart orders (idle)
      - Check [open]
          $ curl -fsS localhost/health (idle)
      ## Go/No-Go Decision 0/1
      - <strong>GO</strong>: open to everyone [open]
      - <strong>NO-GO</strong>: stay [open]
      ## Rollback triggers 0/0
      | <ul>
      <li>Error rate &gt; 5%</li>
      </ul>
      ## Rollback 0/0
      ### Level 1: Feature toggle (< 2 minutes) 0/0
      level 1 Feature toggle: orders flag off

      ### Level 2: Restore (45 minutes) 0/0
      level 2 Restore: orders restore
      orders restart

      ---
      Roll back when: Error rate > 5 % (The runbook says to decide then. Nothing runs until you choose.)
      ↺ 1 · Feature toggle (2 min · 1 command) ready
      ↺ 2 · Restore (45 min · 2 commands) ready"
    `);
  });

  it('shows a run in the middle', () => {
    const state = stateAfter([
      started,
      { type: 'step.ticked', stepId: 'backup', note: 'see ticket 7' },
      { type: 'step.skipped', stepId: 'told', reason: 'night shift' },
      runs(plan, 'restart'),
      ends('x-restart', exit(0)),
      runs(plan, 'check'),
    ]);
    expect(view(state)).toMatchInlineSnapshot(`
      "Deploy orders [running] 3/5
      main @ 3f2a1c9, clean
      run 7QXW · started by you 14:00
      next: (Run next step: “Check” is running.)
      says: “Check” is running. 3 of 5 steps done.
      ---
      ## Pre-flight 2/2
      - Backup <strong>checked</strong> (2 min) [done] you · 14:01
          info: see ticket 7
          Untick
      - Team told [skipped] skipped by you · 14:02
          info: Reason: night shift
          Reopen
      ## Phase 1: Canary (4 hours) 1/2
      | <p>Send a tenth of the sessions.</p>
      - Restart [done] exit 0 · 0.4 s · 14:04
          #limit 1 min
          $ systemctl restart orders (ok, exit 0 · 0.4 s)
          (Run again…: “Check” is running.) · Reopen
      > Check [running]
          $ curl -fsS localhost/health (running)
          Show terminal · Stop
      ## Go/No-Go Decision 0/1
      - <strong>GO</strong>: open to everyone [open]
          Go
      - <strong>NO-GO</strong>: stay [open]
          No-Go
      ## Rollback triggers 0/0
      | <ul>
      <li>Error rate &gt; 5%</li>
      </ul>
      ## Rollback 0/0
      ### Level 1: Feature toggle (< 2 minutes) 0/0
      level 1 Feature toggle: orders flag off

      ### Level 2: Restore (45 minutes) 0/0
      level 2 Restore: orders restore
      orders restart

      ---
      Roll back when: Error rate > 5 % (The runbook says to decide then. Nothing runs until you choose.)
      ↺ 1 · Feature toggle (2 min · 1 command) ready
      ↺ 2 · Restore (45 min · 2 commands) ready"
    `);
  });

  it('stops at a No-Go', () => {
    const state = stateAfter([started, { type: 'gate.decided', stepId: 'nogo', sectionId: plan.steps.find(({ id }) => id === 'nogo')?.sectionId ?? '', decision: 'no-go' }]);
    expect(view(state)).toMatchInlineSnapshot(`
      "Deploy orders [running] 1/5
      main @ 3f2a1c9, clean
      run 7QXW · started by you 14:00
      next: End run
      says: 1 of 5 steps done.
      warning: No-Go at “Go/No-Go Decision”: the run goes no further. Roll back, end the run, or reopen the decision.
      ---
      ## Pre-flight 0/2
      - Backup <strong>checked</strong> (2 min) [waiting] stopped by No-Go at Go/No-Go Decision
          (Tick: stopped by No-Go at Go/No-Go Decision) · (Tick with a note…: stopped by No-Go at Go/No-Go Decision) · (Skip…: stopped by No-Go at Go/No-Go Decision)
      - Team told [waiting] stopped by No-Go at Go/No-Go Decision
          #ticked in the document
          (Tick: stopped by No-Go at Go/No-Go Decision) · (Tick with a note…: stopped by No-Go at Go/No-Go Decision) · (Skip…: stopped by No-Go at Go/No-Go Decision)
      ## Phase 1: Canary (4 hours) 0/2
      | <p>Send a tenth of the sessions.</p>
      - Restart [waiting] stopped by No-Go at Go/No-Go Decision
          #limit 1 min
          $ systemctl restart orders (idle)
          (Run: stopped by No-Go at Go/No-Go Decision) · (Skip…: stopped by No-Go at Go/No-Go Decision) · (Mark done…: stopped by No-Go at Go/No-Go Decision)
      - Check [waiting] stopped by No-Go at Go/No-Go Decision
          $ curl -fsS localhost/health (idle)
          (Run: stopped by No-Go at Go/No-Go Decision) · (Skip…: stopped by No-Go at Go/No-Go Decision) · (Mark done…: stopped by No-Go at Go/No-Go Decision)
      ## Go/No-Go Decision 1/1
      - <strong>GO</strong>: open to everyone [not taken]
      - <strong>NO-GO</strong>: stay [done] No-Go · you · 14:01
          Reopen
      ## Rollback triggers 0/0
      | <ul>
      <li>Error rate &gt; 5%</li>
      </ul>
      ## Rollback 0/0
      ### Level 1: Feature toggle (< 2 minutes) 0/0
      level 1 Feature toggle: orders flag off

      ### Level 2: Restore (45 minutes) 0/0
      level 2 Restore: orders restore
      orders restart

      ---
      Roll back when: Error rate > 5 % (The runbook says to decide then. Nothing runs until you choose.)
      ↺ 1 · Feature toggle (2 min · 1 command) ready
      ↺ 2 · Restore (45 min · 2 commands) ready"
    `);
  });
});

describe('a step says what happened, what it means and what can be done', () => {
  const after = (outcome: Parameters<typeof ends>[1]): string => step('restart', stateAfter([started, runs(plan, 'restart'), ends('x-restart', outcome)]));

  it('exit codes', () => {
    expect(after(exit(7))).toMatchInlineSnapshot(`
      "- Restart [failed] exit 7 · 0.4 s · 14:02
          #limit 1 min
          $ systemctl restart orders (failed, exit 7 · 0.4 s)
          error: The command failed with exit 7, and nothing after it has run. Look at its output, then retry, skip or mark it done with a reason, or roll back.
          Retry · Skip… · Mark done…"
    `);
    expect(after(exit(137))).toMatchInlineSnapshot(`
      "- Restart [failed] exit 137 (SIGKILL, or the program said so) · 0.4 s · 14:02
          #limit 1 min
          $ systemctl restart orders (failed, exit 137 (SIGKILL, or the program said so) · 0.4 s)
          error: The command failed with exit 137 (SIGKILL, or the program said so), and nothing after it has run. Look at its output, then retry, skip or mark it done with a reason, or roll back.
          Retry · Skip… · Mark done…"
    `);
  });

  it('everything that is no exit code', () => {
    expect(after({ kind: 'lost', reason: 'its process is gone and left no result' })).toMatchInlineSnapshot(`
      "- Restart [unknown: verify before you run it again] end unknown · 0.4 s · 14:02
          #limit 1 min
          $ systemctl restart orders (unknown, end unknown · 0.4 s)
          error: Nobody knows how the command ended: its process is gone and left no result. It may have done all, some or none of its work. Verify by hand, then mark it done with a reason, run it again, or roll back.
          Run again · Skip… · Mark done…"
    `);
    expect(after({ kind: 'timedOut', afterSeconds: 60 })).toMatchInlineSnapshot(`
      "- Restart [failed] stopped after its limit of 1 min · 0.4 s · 14:02
          #limit 1 min
          $ systemctl restart orders (failed, stopped after its limit of 1 min · 0.4 s)
          error: The command was stopped because it ran longer than its limit of 1 min. What it had done until then stays done. Check, then retry, or roll back.
          Retry · Skip… · Mark done…"
    `);
    expect(after({ kind: 'notStarted', reason: 'its shell is not installed' })).toMatchInlineSnapshot(`
      "- Restart [failed] not started · 0.4 s · 14:02
          #limit 1 min
          $ systemctl restart orders (failed, not started · 0.4 s)
          error: Nothing was run: its shell is not installed. Retry when that is mended.
          Retry · Skip… · Mark done…"
    `);
    expect(after({ kind: 'cancelled', code: 0 })).toMatchInlineSnapshot(`
      "- Restart [failed] stopped, exit 0 · 0.4 s · 14:02
          #limit 1 min
          $ systemctl restart orders (failed, stopped, exit 0 · 0.4 s)
          error: It was told to stop and then ended with exit 0, which does not say whether it had finished. Check, then retry, skip or mark it done with a reason, or roll back.
          Retry · Skip… · Mark done…"
    `);
  });

  it('where the output of a running command is, when it is not heard here', () => {
    const running = stateAfter([started, runs(plan, 'restart')]);
    const output = (more: Parameters<typeof input>[1]): readonly unknown[] => {
      const block = buildPanelView(input(running, more)).blocks.find(({ key }) => key === 'step:restart');
      const command = block?.kind === 'step' ? block.commands[0] : undefined;
      return [command?.output, command?.outputMissing];
    };
    expect(output({})).toEqual([null, null]);
    expect(output({ foundAgain: new Set(['x-restart']) })).toEqual([null, 'Its output is in the terminal.']);
    expect(output({ foundAgain: new Set(['x-restart']), liveOutput: new Map([['x-restart', 'heard']]) })).toEqual(['heard', null]);
    expect(output({ lockedBecause: 'Another window drives this run.' })).toEqual([null, 'Its output is in the terminal of the window that runs it.']);
  });

  it('being asked to stop', () => {
    const state = stateAfter([started, runs(plan, 'restart'), { type: 'command.stopRequested', executionId: 'x-restart', force: false }]);
    expect(step('restart', state)).toMatchInlineSnapshot(`
      "- Restart [running]
          #limit 1 min
          $ systemctl restart orders (running)
          warning: Asked to stop, as Ctrl-C does. If it does not end, force it.
          Show terminal · Force stop"
    `);
  });
});

describe('what cannot be done says why', () => {
  const running = stateAfter([started]);

  it('in Restricted Mode', () => {
    expect(step('restart', running, { trusted: false })).toMatchInlineSnapshot(`
      "- Restart [open]
          #limit 1 min
          $ systemctl restart orders (idle)
          (Run: This workspace is in Restricted Mode. Trust it to run commands.) · Skip… · Mark done…"
    `);
    expect(buildPanelView(input(null, { trusted: false })).header.primary?.disabledBecause).toMatchInlineSnapshot(`"This workspace is in Restricted Mode. Trust it to run commands."`);
  });

  it('while another window drives the run', () => {
    expect(step('backup', running, { lockedBecause: 'Another window drives this run.' })).toMatchInlineSnapshot(`
      "> Backup <strong>checked</strong> (2 min) [open]
          (Tick: Another window drives this run.) · (Tick with a note…: Another window drives this run.) · (Skip…: Another window drives this run.)"
    `);
  });

  it('never takes away the way to stop', () => {
    const state = stateAfter([started, runs(plan, 'restart')]);
    expect(step('restart', state, { trusted: false })).toMatchInlineSnapshot(`
      "- Restart [running]
          #limit 1 min
          $ systemctl restart orders (running)
          Show terminal · Stop"
    `);
  });
});

describe('titles', () => {
  it('show HTML as text', () => {
    const html = buildPanelView(input(null)).blocks.map((block) => (block.kind === 'step' ? block.titleHtml : '')).join('');
    expect(html).toContain('<strong>checked</strong>');
    expect(html).not.toContain('<!--');
  });
});

describe('what has not changed', () => {
  it('is the same object in the next view', () => {
    const before = stateAfter([started]);
    const after = stateAfter([started, { type: 'step.ticked', stepId: 'backup', note: null }]);
    const shared = input(before);
    const first = buildPanelView(shared).blocks;
    const second = buildPanelView({ ...shared, state: after }).blocks;
    const changed = second.filter((block, index) => block !== first[index]).map(({ key }) => key);
    expect(changed).toEqual(['section:pre-flight', 'step:backup', 'step:told']);
  });
});
