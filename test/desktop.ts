/**
 * `npm run test:desktop`: the extension-host tests in a desktop VS Code, which is downloaded.
 * With an argument, that version is used ("1.101.0", "insiders"); else the current stable one.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { bundleForHost } from './harness/extensionHost.ts';
import type { HostTestResult } from './harness/hostTests.ts';
import { program } from './harness/program.ts';
import { buildVsix, REPOSITORY } from './harness/vsix.ts';

const HOST_TESTS = join(REPOSITORY, 'test', 'editor', 'host');

await program(async () => {
  const editor = await download(process.argv[2] ?? 'stable');
  await buildVsix();
  const work = await mkdtemp(join(tmpdir(), 'guided-runbooks-desktop-'));
  const results: HostTestResult[] = [];
  for (const file of (await readdir(HOST_TESTS)).filter((name) => name.endsWith('.host.ts'))) {
    for (const { name, error } of await runModule(file, editor, work)) {
      console.log(`${error === undefined ? 'ok    ' : 'FAILED'}  ${file}: ${name}${error === undefined ? '' : `\n${error}`}`);
      results.push({ name, ...(error === undefined ? {} : { error }) });
    }
  }
  await rm(work, { recursive: true, force: true });
  const failed = results.filter(({ error }) => error !== undefined).length;
  console.log(`\n${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
});

/** Returns the program of a VS Code of that version, downloaded unless it was before. */
async function download(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode(version);
  } catch (error) {
    throw new Error(
      `VS Code could not be downloaded: ${error instanceof Error ? error.message : String(error)}\n` +
        '  This suite needs the desktop editor, and the machine cannot reach where it is kept.\n' +
        '  The same tests run in the editor that is served to a browser: npm test.',
      { cause: error },
    );
  }
}

async function runModule(file: string, editor: string, work: string): Promise<HostTestResult[]> {
  const bundle = join(work, `${file}.cjs`);
  await bundleForHost(join(HOST_TESTS, file), bundle);
  try {
    await runTests({
      vscodeExecutablePath: editor,
      extensionDevelopmentPath: REPOSITORY,
      extensionTestsPath: bundle,
      launchArgs: [work, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', join(work, 'user-data')],
    });
    return JSON.parse(await readFile(`${bundle}.results.json`, 'utf8')) as HostTestResult[];
  } catch (error) {
    const hint = process.platform === 'linux' && !process.env['DISPLAY'] ? ' There is no display here: run it under xvfb-run.' : '';
    return [{ name: 'the editor', error: `It ended before its tests did: ${error instanceof Error ? error.message : String(error)}.${hint}` }];
  }
}
