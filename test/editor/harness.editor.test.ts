import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, panelFrame, reloadWorkbench } from '../harness/browser.ts';
import { COLOUR_THEMES, setColourTheme } from '../harness/colourTheme.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { runInExtensionHost } from '../harness/extensionHost.ts';
import { ensureEditorTools, ensureServerTools } from '../harness/install.ts';
import { isAlive } from '../harness/processTree.ts';
import { typeInTerminal, waitForTerminalText } from '../harness/terminal.ts';
import { packageFolder } from '../harness/vsix.ts';
import { notifications, pressInNotification, runCommand } from '../harness/workbench.ts';

const HELLO = join(import.meta.dirname, 'fixtures', 'hello');

describe('the harness, with an extension of its own', () => {
  let folder: string;
  let editor: Editor;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guided-runbooks-hello-'));
    editor = await startEditor({ extensions: [await packageFolder(HELLO, join(folder, 'hello.vsix'))] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('reaches a webview, a notification and a terminal', async () => {
    await runCommand(editor.page, 'Hello: Open Panel');
    await panelFrame(editor.page).getByRole('button', { name: 'Run' }).click();
    await waitForTerminalText(editor.page, /^sum: 42$/m);
    expect(await notifications(editor.page)).toEqual(['Hello is running']);
    await pressInNotification(editor.page, 'Fine');
    await until(async () => (await notifications(editor.page)).length === 0, { what: 'the notification to go' });
  });

  it('changes the colour theme', async () => {
    for (const theme of COLOUR_THEMES) await setColourTheme(editor.page, theme);
  });

  it('starts again on the same folders after a crash that a command survived', async () => {
    const pidFile = join(folder, 'pid');
    await typeInTerminal(editor.page, `nohup sh -c 'echo $$ > ${pidFile}; exec sleep 600' > /dev/null 2>&1 &`);
    const pid = await until(async () => Number(await readFile(pidFile, 'utf8')) || undefined, { what: 'the command to start' });
    await editor.server.kill('commands');
    expect(isAlive(pid)).toBe(true);
    await editor.server.restart();
    await reloadWorkbench(editor.page);
    await runCommand(editor.page, 'Hello: Open Panel');
    await panelFrame(editor.page).getByRole('heading', { name: 'Hello' }).waitFor();
  });
});

it('runs tests in the extension host and tells which failed', async () => {
  const tools = await ensureEditorTools();
  const browser = await launchBrowser(tools.chromium);
  try {
    const results = await runInExtensionHost({ tools, browser, extension: HELLO, tests: join(HELLO, 'tests.host.ts') });
    expect(results).toEqual([
      { name: 'reaches the editor’s interface' },
      { name: 'fails', error: expect.stringContaining('7') },
    ]);
  } finally {
    await browser.close();
  }
});

it('opens a workspace in Restricted Mode', async () => {
  await using editor = await startEditor({ restricted: true });
  await editor.page.getByText('Restricted Mode').first().waitFor();
});

it('ends the server when the process that started it is killed', async () => {
  const { node } = await ensureServerTools();
  const owner = spawn(node, [join(import.meta.dirname, 'fixtures', 'abandonedServer.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(owner.stdout.setEncoding('utf8'), 'data')) as [string];
  const { pids, root } = JSON.parse(line) as { pids: number[]; root: string };
  expect(pids.filter(isAlive)).toEqual(pids);
  owner.kill('SIGKILL');
  await until(() => !pids.some(isAlive), { what: 'the abandoned server to end' });
  await rm(root, { recursive: true, force: true });
});
