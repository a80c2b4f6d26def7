import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import type { StartedRecord } from './executionState.ts';

/** `unknown`: it cannot be seen from here, or this system does not tell. */
export type Liveness = 'alive' | 'gone' | 'unknown';

/**
 * Linux: "<start in clock ticks>@<boot id>", as the runner writes it. Null when
 * there is no such process, or only a dead one that nobody has collected yet.
 */
async function linuxIdentity(pid: number): Promise<string | null> {
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // Fields are counted from behind the name in parentheses, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields[19];
  if (ticks === undefined || fields[0] === 'Z' || fields[0] === 'X') {
    return null;
  }
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '');
  return `${ticks}@${boot.trim()}`;
}

/** macOS and BSD: `ps`'s start time in English and UTC, its words joined by `_`. */
function psIdentity(pid: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC0' };
    execFile('ps', ['-o', 'state=', '-o', 'lstart=', '-p', String(pid)], { env, timeout: 5000 }, (error, stdout) => {
      const [state, ...start] = stdout.trim().split(/\s+/);
      if (error && (typeof error.code !== 'number' || error.killed)) {
        reject(error);
      } else {
        resolve(start.length === 0 || state?.startsWith('Z') ? null : start.join('_'));
      }
    });
  });
}

/** Windows (untested): whether there is a process with this number; a later one is not told apart. */
function windowsLiveness(pid: number): Liveness {
  if (process.platform !== 'win32') {
    return 'unknown';
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'gone' : 'unknown';
  }
}

/** Whether the runner of an execution still lives, and is no later process with the same number. */
export async function livenessOf(started: StartedRecord): Promise<Liveness> {
  if (started.start.endsWith('-windows')) {
    return windowsLiveness(started.pid);
  }
  if (!started.start.includes('@')) {
    try {
      const identity = await psIdentity(started.pid);
      return identity === started.start ? 'alive' : 'gone';
    } catch {
      return 'unknown';
    }
  }
  if (process.platform !== 'linux') {
    return 'unknown';
  }
  // A terminal may be in another container than the extension host (Flatpak,
  // toolbox): its numbers mean other processes here.
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  if (namespace !== started.namespace) {
    return 'unknown';
  }
  return (await linuxIdentity(started.pid)) === started.start ? 'alive' : 'gone';
}
