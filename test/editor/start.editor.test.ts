import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchBrowser, panelFrame } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { ensureEditorTools } from '../harness/install.ts';
import { descendants, isAlive } from '../harness/processTree.ts';
import { REPOSITORY, VSIX } from '../harness/vsix.ts';

it('npm start shows the demo as a panel, and Ctrl-C ends all of it', async () => {
  const { node, chromium } = await ensureEditorTools();
  const folder = await mkdtemp(join(tmpdir(), 'guided-runbooks-start-'));
  const browser = await launchBrowser(chromium);
  const script = join(REPOSITORY, 'test', 'start.ts');
  const start = spawn(node, [script, '--code-server', '--vsix', VSIX, '--folder', join(folder, 'demo')], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let said = '';
    start.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const address = await until(() => /http:\/\/127\.0\.0\.1:\d+\S*/.exec(said)?.[0], { what: 'npm start to name an address' });
    const page = await browser.newPage();
    await page.goto(address);
    await panelFrame(page).getByRole('heading', { name: 'Deploy orders v2.0.0' }).first().waitFor({ timeout: 60_000 });

    const processes = descendants(start.pid ?? 0);
    start.kill('SIGINT');
    const [code] = (await once(start, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(processes.filter(isAlive)).toEqual([]);
    expect(said).toContain(`stay in ${join(folder, 'demo')}`);
  } finally {
    start.kill('SIGKILL');
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
