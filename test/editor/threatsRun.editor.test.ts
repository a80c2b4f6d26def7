import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/run/events.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { signalAll } from '../harness/processTree.ts';
import { waitForTerminalText } from '../harness/terminal.ts';
import { VSIX } from '../harness/vsix.ts';
import { RunbookPanel } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';
import { runTerminals } from './runTerminals.ts';
import { forge, hostHasRead, hostileWorkspace, MARK, marks, shownRevision, takePanelOver } from './threatKit.ts';

/** A step with this id, whose block is bash; `attributes` go after the id. */
const step = (id: string, block: string, attributes = ''): string => `**Step ${id}**:\n\n\`\`\`bash {#${id} ${attributes}}\n${block}\n\`\`\`\n\n`;

/** Bytes that are keys, that end a paste, or that the terminal's line editing would take for itself. */
const RAW = `a\tb\x03\x1b[201~\x15\x04!x\x7f`;

const TEXTS = `# Text $(touch ${MARK}) \`touch ${MARK}\`

**Title $(touch ${MARK}-t) \`touch ${MARK}-t\` '; touch ${MARK}-t #**:

\`\`\`bash {#title}
exit 31
\`\`\`

${step('cwd-command', `touch ${MARK}`, `cwd="$(touch ${MARK})"`)}
${step('cwd-up', `touch ${MARK}`, 'cwd=../')}
${step('cwd-deep', `touch ${MARK}`, 'cwd=sub/../../elsewhere')}
${step('cwd-absolute', `touch ${MARK}`, 'cwd=/tmp')}
${step('cwd-link', `touch ${MARK}`, 'cwd=out')}
${step('cwd-inside', 'pwd > here; exit 32', 'cwd=sub')}
${step('raw', `printf '%s' '${RAW}' > raw; exit 33`)}
${step('fill', "printf '%s' <value> > filled")}
`;

/** What lies, and the code point by which it has to be named. */
const LIES = [
  ['bidi-override', 'echo a # \u202e lmth.x', 'U+202E'],
  ['bidi-isolate', 'echo a \u2066b\u2069', 'U+2066'],
  ['zero-width', 'ec\u200bho a', 'U+200B'],
  ['no-break', 'rm\u00a0a', 'U+00A0'],
  ['cyrillic-host', 'curl https://\u0430pple.example/x', 'U+0430'],
  ['escape', 'echo \x1b[8mhidden', 'U+001B'],
  ['deprecated-format', 'echo a\u206ab', 'U+206A'],
] as const;
const LYING = `# Lies \u202e turned\n\nWords \u202e turned, and by reference &#x202e; too.\n\n${LIES.map(([id, block]) => step(id, block)).join('')}${step('lone-return', `echo safe #\rtouch ${MARK}`)}**Step \u202eturned\u202c**:\n\n\`\`\`bash {#turned confirm}\nexit 0\n\`\`\`\n`;

const approved = (block: string): string => `# Approved\n\n${step('asked', block, 'confirm')}${step('first', 'exit 41')}${step('swapped', `touch ${MARK}-not-yet; exit 42`)}`;

describe('a runbook that wants something else to run than what was approved', () => {
  let outer: string;
  let workspace: string;
  let editor: Editor;
  let records: RunRecords;
  let panel: RunbookPanel;

  beforeAll(async () => {
    ({ outer, workspace } = await hostileWorkspace({ 'texts.md': TEXTS, 'lying.md': LYING, 'approved.md': approved('exit 40') }));
    mkdirSync(join(workspace, 'sub'));
    mkdirSync(join(outer, 'elsewhere'));
    symlinkSync(join(outer, 'elsewhere'), join(workspace, 'out'));
    writeFileSync(join(outer, 'elsewhere', 'other.md'), approved(`touch ${MARK}`));
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
    await takePanelOver(editor);
  });

  afterAll(async () => {
    await editor?.dispose();
    rmSync(outer, { recursive: true, force: true });
  });

  const noMarks = (): void => expect(marks(editor, outer, workspace, join(workspace, 'sub'), join(outer, 'elsewhere'))).toEqual([]);
  const question = (): Locator => panel.frame.getByRole('dialog').filter({ visible: true });
  const outcome = (id: string, count = 1): Promise<Outcome> =>
    until(() => records.outcomes(id)[count - 1] ?? undefined, { what: `end ${count} of “${id}” in the record`, timeoutMs: 60_000 });

  describe('by its texts', () => {
    beforeAll(async () => {
      panel = await RunbookPanel.open(editor.page, 'texts.md');
      await panel.start();
    });

    it('titles are words in the panel and in the terminal', async () => {
      await panel.pressAt('Title $(touch', /^Run/);
      expect(await outcome('title')).toEqual({ kind: 'exited', code: 31 });
      await waitForTerminalText(editor.page, `$(touch ${MARK}-t)`);
      noMarks();
    });

    it.each(['cwd-command', 'cwd-up', 'cwd-deep', 'cwd-absolute', 'cwd-link'])('%s: nothing is run, and the step says why', async (id) => {
      await panel.pressAt(`Step ${id}`, /^Run/);
      expect(await outcome(id)).toMatchObject({ kind: 'notStarted', reason: expect.stringMatching(/its directory .* (?:does not exist|leads out of the workspace)/) as string });
      await panel.waitForStep(`Step ${id}`, /Nothing was run: its directory/);
      noMarks();
    });

    it('a directory inside is used, so that the tests above could have failed', async () => {
      await panel.pressAt('Step cwd-inside', /^Run/);
      expect(await outcome('cwd-inside')).toEqual({ kind: 'exited', code: 32 });
      expect(readFileSync(join(workspace, 'sub', 'here'), 'utf8')).toBe(`${join(workspace, 'sub')}\n`);
      noMarks();
    });

    it('keys and paste ends inside a block reach the program as bytes', async () => {
      await panel.pressAt('Step raw', /^Run/);
      await question().getByText('U+0003').first().waitFor();
      await question().getByRole('checkbox').first().click();
      await question().getByRole('button', { name: 'Run', exact: true }).click();
      expect(await outcome('raw')).toEqual({ kind: 'exited', code: 33 });
      expect(readFileSync(join(workspace, 'sub', 'raw'), 'utf8')).toBe(RAW);
      noMarks();
    });

    it.each([`'; touch ${MARK} #`, `$(touch ${MARK})`, `\`touch ${MARK}\``, `"; touch ${MARK}; "`, `a'$(touch ${MARK})'b`, '${IFS}*~!!%s\\', `; touch ${MARK}`])('the value %j reaches the program as it is', async (value) => {
      const count = records.outcomes('fill').length + 1;
      await panel.pressAt('Step fill', /^Run/);
      await panel.answer(value, count === 1 ? 'Run' : 'Run again');
      expect(await outcome('fill', count)).toEqual({ kind: 'exited', code: 0 });
      expect(readFileSync(join(workspace, 'sub', 'filled'), 'utf8')).toBe(value);
      noMarks();
    });

    it.each(['-rf', `a\ntouch ${MARK}`, `a\rtouch ${MARK}`, 'a\x03b', 'a\x1b[201~b', 'a\u202eb', '\x00'])('the value %j is refused with the reason, also when the panel is forged', async (value) => {
      const { started } = records;
      await panel.pressAt('Step fill', /^Run/);
      await question().waitFor();
      const { promptId, name } = await openPrompt();
      await forge(panel, { type: 'prompt', promptId, answers: { [name]: value } });
      await hostHasRead(panel);
      await question().getByText(/begins with|holds a line break/).first().waitFor();
      await question().getByRole('button', { name: 'Cancel' }).click();
      await question().waitFor({ state: 'detached' }).catch(() => undefined);
      expect(records.started).toBe(started);
      noMarks();
    });

    /** The question that the host has put, as its messages have it. */
    async function openPrompt(): Promise<{ readonly promptId: string; readonly name: string }> {
      interface Told {
        readonly prompt?: { readonly id: string; readonly inputs: readonly { readonly name: string }[] } | null;
        readonly view?: Told;
      }
      const told = await panel.frame.locator('body').evaluate(() => (window as unknown as { readonly heard: readonly unknown[] }).heard);
      const prompt = (told as readonly Told[]).map((message) => message?.prompt ?? message?.view?.prompt).findLast((each) => each != null);
      return { promptId: prompt?.id ?? '', name: prompt?.inputs[0]?.name ?? '' };
    }
  });

  describe('by characters that lie', () => {
    beforeAll(async () => {
      panel = await RunbookPanel.open(editor.page, 'lying.md');
      await panel.start();
    });

    it.each(LIES)('%s is drawn as its code point and has to be accepted', async (id, block, codePoint) => {
      const { started } = records;
      const code = panel.step(`Step ${id}`).locator('pre').first();
      await code.getByText(codePoint).first().waitFor();
      expect(await code.innerText()).not.toContain([...block].find((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` === codePoint));
      await panel.pressAt(`Step ${id}`, /^Run/);
      await question().getByText(codePoint).first().waitFor();
      await question().getByRole('button', { name: /^Run, not available/ }).waitFor();
      await question().getByRole('button', { name: 'Cancel' }).click();
      await hostHasRead(panel);
      expect(records.started).toBe(started);
    });

    it('titles and words that turn their direction are drawn with the code point, also where they ask', async () => {
      await panel.pressAt('turned', /^Run/);
      await question().getByText('U+202E').first().waitFor();
      await question().getByRole('button', { name: 'Cancel' }).click();
      expect(await panel.step('turned').locator('.title').innerText()).toContain('U+202E');
      expect(await panel.text()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect((await panel.text()).match(/U\+202E/g)?.length).toBeGreaterThanOrEqual(4);
    });

    it('a lone carriage return is a line end that can be seen', async () => {
      const shown = await panel.step('Step lone-return').locator('pre').first().innerText();
      expect(shown.trim().split('\n')).toEqual(['echo safe #', `touch ${MARK}`]);
    });
  });

  describe('by a change after the look', () => {
    beforeAll(async () => {
      panel = await RunbookPanel.open(editor.page, 'approved.md');
      await panel.start();
    });

    it('an edit between question and answer: nothing is run', async () => {
      const { started } = records;
      await panel.pressAt('Step asked', /^Run/);
      await question().getByText('exit 40').first().waitFor();
      const { promptId } = await lastPrompt();
      writeFileSync(join(workspace, 'approved.md'), approved(`touch ${MARK}`));
      await panel.step('Step asked').locator('.source').getByText(`touch ${MARK}`).waitFor({ state: 'attached' });
      await forge(panel, { type: 'prompt', promptId, answers: {} });
      await panel.frame.getByText(/edited after you last saw|no longer open/).first().waitFor();
      expect(records.started).toBe(started);
      noMarks();
    });

    it('an edit after the look, told by an old revision: nothing is run', async () => {
      const { started } = records;
      const revision = await shownRevision(panel);
      writeFileSync(join(workspace, 'approved.md'), approved(`touch ${MARK}-b`));
      await panel.step('Step asked').locator('.source').getByText(`touch ${MARK}-b`).waitFor({ state: 'attached' });
      await forge(panel, { type: 'step', action: 'run', stepId: 'asked', revision });
      await panel.frame.getByText(/edited after you last saw/).first().waitFor();
      expect(records.started).toBe(started);
      noMarks();
    });

    it('the file swapped for a link to another: what was read runs, or nothing', async () => {
      writeFileSync(join(workspace, 'approved.md'), approved('exit 40'));
      await panel.step('Step asked').locator('.source').getByText('exit 40').waitFor({ state: 'attached' });
      await panel.pressAt('Step asked', /^Run/);
      await question().waitFor();
      renameSync(join(workspace, 'approved.md'), join(workspace, 'was.md'));
      symlinkSync(join(outer, 'elsewhere', 'other.md'), join(workspace, 'approved.md'));
      const { promptId } = await lastPrompt();
      await forge(panel, { type: 'prompt', promptId, answers: {} });
      await hostHasRead(panel);
      await until(() => records.outcomes('asked').every((each) => each !== null), { what: 'whatever was started to end' });
      noMarks();
      expect(records.bodies('approved.md').some((body) => body.type === 'command.started' && body.text.includes(MARK))).toBe(false);
      rmSync(join(workspace, 'approved.md'));
      renameSync(join(workspace, 'was.md'), join(workspace, 'approved.md'));
    });

    it('the block swapped after the line was typed: the runner refuses', async () => {
      await panel.pressAt('Step first', /^Run/);
      expect(await outcome('first')).toEqual({ kind: 'exited', code: 41 });
      // The shell stands still, so that the line waits while somebody gets at the folder.
      const shells = runTerminals();
      signalAll(shells, 'SIGSTOP');
      try {
        await panel.pressAt('Step swapped', /^Run/);
        const block = await until(() => findBlock('exit 42'), { what: 'the block in its private folder', everyMs: 20 });
        writeFileSync(block, `touch ${MARK}\n`);
      } finally {
        signalAll(shells, 'SIGCONT');
      }
      expect(await outcome('swapped')).toMatchObject({ kind: 'notStarted', reason: expect.stringMatching(/not the ones that were approved|changed/) as string });
      noMarks();
    });

    async function lastPrompt(): Promise<{ readonly promptId: string }> {
      interface Told {
        readonly prompt?: { readonly id: string } | null;
      }
      const told = await panel.frame.locator('body').evaluate(() => (window as unknown as { readonly heard: readonly unknown[] }).heard);
      return { promptId: (told as readonly Told[]).map((message) => message?.prompt).findLast((each) => each != null)?.id ?? '' };
    }

    /** The file that holds the bytes which are about to run. */
    function findBlock(text: string): string | undefined {
      const storage = join(editor.server.folders.userData, 'User', 'globalStorage');
      return readdirSync(storage, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('/block'))
        .map((name) => join(storage, name))
        .find((file) => existsSync(file) && readFileSync(file, 'utf8').includes(text) && existsSync(join(file, '..', 'params')));
    }
  });
});
