import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openInDesktopCode } from '../../harness/desktopCode.ts';

const DEMO = { workspace: '/demo', runbook: '/demo/deploy.runbook.md' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desktop-code-'));
  vi.stubEnv('PATH', `${folder}:/bin:/usr/bin`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function codeCommand(body: string): Promise<void> {
  await writeFile(join(folder, 'code'), `#!/bin/sh\n${body}\n`);
  await chmod(join(folder, 'code'), 0o755);
}

it('installs the extension, then opens the folder with the runbook in it', async () => {
  await codeCommand(`echo "$@" >> '${folder}/calls'`);
  expect(openInDesktopCode('/x.vsix', DEMO)).toBe(true);
  expect(await readFile(join(folder, 'calls'), 'utf8')).toBe(
    '--install-extension /x.vsix --force\n--new-window /demo --goto /demo/deploy.runbook.md\n',
  );
});

it('says no when the command does not take the extension', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  await codeCommand('exit 1');
  expect(openInDesktopCode('/x.vsix', DEMO)).toBe(false);
});

it('says no when there is no such command', () => {
  vi.stubEnv('PATH', folder);
  expect(openInDesktopCode('/x.vsix', DEMO)).toBe(false);
});
