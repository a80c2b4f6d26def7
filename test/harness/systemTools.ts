import { existsSync } from 'node:fs';
import { aptInstall, onPath } from './aptPackages.ts';
import type { Progress } from './progress.ts';

interface SystemTool {
  /** Debian's packages that bring it. */
  readonly packages: readonly string[];
  readonly isThere: () => boolean;
}

const command = (name: string): (() => boolean) => () => onPath(name) !== undefined;

const COMPILERS: readonly SystemTool[] = [
  { packages: ['python3'], isThere: command('python3') },
  { packages: ['make'], isThere: command('make') },
  { packages: ['g++'], isThere: command('g++') },
  // A header and no command: one of the server's modules is compiled against it.
  { packages: ['libkrb5-dev'], isThere: () => existsSync('/usr/include/gssapi/gssapi.h') || process.platform !== 'linux' },
];

const GIT: SystemTool = { packages: ['git'], isThere: command('git') };

/** Further shells, and what lists processes: a machine may do without, and then less is tested. */
const MORE_SHELLS: readonly SystemTool[] = [
  { packages: ['zsh'], isThere: command('zsh') },
  { packages: ['fish'], isThere: command('fish') },
  { packages: ['busybox'], isThere: command('busybox') },
  { packages: ['procps'], isThere: command('ps') },
];

/** Sees to what code-server's native modules are compiled with. Throws when it cannot be had. */
export async function ensureCompilers(progress: Progress): Promise<void> {
  await ensure(COMPILERS, 'to compile code-server', progress);
}

/** Sees to git and to the shells that the tests use. Throws when there is no git; says so when a shell is missing. */
export async function ensureTestTools(progress: Progress): Promise<void> {
  await ensure([GIT], 'by the runs and their tests', progress);
  await ensure(MORE_SHELLS, 'by the tests in real shells', progress).catch((error: Error) => {
    progress.say(`${error.message}\n  Going on without: the tests that need them are skipped, and say so.`);
  });
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;

/** The path of a Chromium: CHROME_PATH, else one on PATH, else Debian's, installed. Throws when none can be had. */
export async function ensureBrowser(progress: Progress): Promise<string> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH says ${chosen}, and there is no such file. Correct it, or unset it to have one found.`);
  }
  const find = (): string | undefined => BROWSERS.map((name) => onPath(name)).find((path) => path !== undefined);
  const found = find();
  if (found !== undefined) return found;
  // Without fonts every letter would be drawn as an empty box.
  await aptInstall(['chromium', 'fonts-dejavu-core'], 'to show the editor (or set CHROME_PATH to a Chromium)', progress);
  const installed = find();
  if (installed === undefined) throw new Error('Chromium was installed, and yet it is not on PATH. Set CHROME_PATH to its program.');
  return installed;
}

async function ensure(tools: readonly SystemTool[], why: string, progress: Progress): Promise<void> {
  const missing = tools.filter(({ isThere }) => !isThere()).flatMap(({ packages }) => packages);
  if (missing.length > 0) await aptInstall(missing, why, progress);
}
