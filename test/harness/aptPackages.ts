import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Progress, runWithProgress } from './progress.ts';

/** Where `name` is found on PATH, or undefined. */
export function onPath(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/**
 * Installs Debian packages. `why` finishes the sentence "needed …".
 * Throws, saying what to install by hand, where there is no apt-get or no right to use it.
 */
export async function aptInstall(packages: readonly string[], why: string, progress: Progress): Promise<void> {
  const prefix = rightsToInstall();
  if (prefix === undefined) {
    throw new Error(
      `Missing: ${packages.join(', ')} (Debian's names), needed ${why}.\n` +
        '  They cannot be installed from here: that takes apt-get, as root or through sudo without a password.\n' +
        '  Install them with your system\'s package manager and run this again.',
    );
  }
  const apt = async (what: string, note: string, ...args: string[]): Promise<void> => {
    const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args];
    await runWithProgress(command, rest, { progress, what, note });
  };
  // The lists on a fresh image are empty, and old ones name packages that are no longer there.
  await apt("Reading Debian's package lists", 'some seconds', 'update');
  await apt(`Installing ${packages.join(', ')}`, `needed ${why}`, 'install', '-y', '--no-install-recommends', ...packages);
}

/** What goes before `apt-get`, or undefined when there is no way to install anything. */
function rightsToInstall(): string[] | undefined {
  if (onPath('apt-get') === undefined) return undefined;
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (process.getuid?.() === 0) return quiet;
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return ['sudo', '-n', ...quiet];
  } catch {
    return undefined;
  }
}
