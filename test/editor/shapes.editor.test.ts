import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/run/events.ts';
import { onPath } from '../harness/aptPackages.ts';
import { reloadWorkbench } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { executableOf } from '../harness/processTree.ts';
import { focusTerminal, waitForTerminalText } from '../harness/terminal.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';
import { runTerminals } from './runTerminals.ts';
import { SHELLS, type ShapeShell, shapesOf, shapesRunbook } from './shapes.ts';

/** For one step, on a machine that does other things as well. */
const PATIENCE_MS = 60_000;

/** Profiles by name, so that the default one can be chosen by the shell's own name. */
const PROFILES = Object.fromEntries(SHELLS.map((shell) => [shell, { path: onPath(shell) ?? shell }]));

const settingsFor = (shell: ShapeShell): Readonly<Record<string, unknown>> => ({
  'terminal.integrated.profiles.linux': PROFILES,
  'terminal.integrated.defaultProfile.linux': shell,
});

describe('the shapes of blocks, in terminals whose default profile is', () => {
  let workspace: string;
  let editor: Editor;
  let records: RunRecords;

  beforeAll(async () => {
    workspace = await workspaceWith(Object.fromEntries(SHELLS.map((shell) => [`${shell}.runbook.md`, shapesRunbook(shell)])));
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX], settings: settingsFor(SHELLS[0]) });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  describe.each(SHELLS)('%s', (shell) => {
    const isMissing = onPath(shell) === undefined;
    const test = isMissing ? it.skip : it;
    let panel: RunbookPanel;
    // Step ids are the same in every shell's runbook.
    const file = `${shell}.runbook.md`;

    beforeAll(async () => {
      if (isMissing) return;
      if (shell !== SHELLS[0]) {
        await editor.server.setSettings(settingsFor(shell));
        await reloadWorkbench(editor.page);
      }
      panel = await RunbookPanel.open(editor.page, file);
      await panel.start();
    });

    afterAll(async () => {
      if (isMissing) return;
      await runCommand(editor.page, 'Terminal: Kill All Terminals');
      await runCommand(editor.page, 'Runbook: End Run…');
      await panel.answer('every shape was seen', 'Abandon run');
      await panel.frame.getByText(/abandoned/).first().waitFor();
    });

    const outcome = (id: string): Promise<Outcome> =>
      until(() => records.outcomes(id, file).at(-1) ?? undefined, { what: `the end of “${id}” in the record`, timeoutMs: PATIENCE_MS });

    /** The result that the panel shows beside a step, once it shows one. */
    const shown = (id: string): Promise<string> =>
      until(async () => /exit \d+|ended by \S+|not started/.exec(await panel.resultOf(`Shape ${id}`))?.[0], { what: `a result of “${id}” in the panel`, timeoutMs: PATIENCE_MS });

    async function runToEnd(id: string): Promise<{ readonly recorded: Outcome; readonly words: string }> {
      await panel.pressAt(`Shape ${id}`, /^Run/);
      return { recorded: await outcome(id), words: await shown(id) };
    }

    test.each(shapesOf(shell))('$id', async ({ id, code, shows }) => {
      const { recorded, words } = await runToEnd(id);
      if (code === 'error') {
        expect(recorded).toMatchObject({ kind: 'exited', code: expect.not.toSatisfy((value: number) => value === 0) as number });
        expect(words).toBe(`exit ${(recorded as { readonly code: number }).code}`);
      } else {
        expect({ recorded, words }).toEqual({ recorded: { kind: 'exited', code }, words: `exit ${code}` });
      }
      if (shows !== undefined) await waitForTerminalText(editor.page, shows);
    });

    test('typed into by us, and not into another shell', () => {
      // A shell may have helpers of its own kind.
      expect([...new Set(runTerminals().flatMap((pid) => executableOf(pid) ?? []))]).toEqual([realpathSync(PROFILES[shell]?.path ?? '')]);
    });

    test('half-typed text is cleared before the line is typed', async () => {
      await focusTerminal(editor.page);
      await editor.page.keyboard.type('echo wrong > wrong; echo ');
      await waitForTerminalText(editor.page, /echo wrong > wrong; echo$/m);
      // Waits for the key after it, which must not be the first of our line.
      await editor.page.keyboard.press('Escape');
      expect(await runToEnd('half-typed')).toEqual({ recorded: { kind: 'exited', code: 21 }, words: 'exit 21' });
      expect(existsSync(join(workspace, 'wrong'))).toBe(false);
    });

    test('Ctrl-C typed into the terminal ends with 130', async () => {
      await panel.pressAt('Shape interrupted', /^Run/);
      await waitForTerminalText(editor.page, /^waiting$/m, PATIENCE_MS);
      await focusTerminal(editor.page);
      await editor.page.keyboard.press('Control+C');
      expect({ recorded: await outcome('interrupted'), words: await shown('interrupted') }).toEqual({ recorded: { kind: 'exited', code: 130 }, words: 'exit 130' });
    });

    test('the terminal closed in mid-run is a hang-up, and the next step gets another', async () => {
      await runCommand(editor.page, 'Terminal: Clear');
      await panel.pressAt('Shape closed', /^Run/);
      await waitForTerminalText(editor.page, /^waiting$/m, PATIENCE_MS);
      await runCommand(editor.page, 'Terminal: Kill the Active Terminal Instance');
      expect({ recorded: await outcome('closed'), words: await shown('closed') }).toEqual({ recorded: { kind: 'signalled', signal: 'SIGHUP' }, words: 'ended by SIGHUP' });
      expect(await runToEnd('afterwards')).toEqual({ recorded: { kind: 'exited', code: 22 }, words: 'exit 22' });
    });
  });
});
