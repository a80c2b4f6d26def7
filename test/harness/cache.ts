import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { until } from './deadline.ts';
import type { Progress } from './progress.ts';

/** The folder that keeps downloaded tools between clones: GUIDED_RUNBOOKS_CACHE, else the user's cache folder. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env['GUIDED_RUNBOOKS_CACHE']) return env['GUIDED_RUNBOOKS_CACHE'];
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'guided-runbooks');
}

/**
 * Returns the cache's folder `name`, filling it first when it is not there.
 * `fill` works in a temporary folder that is renamed once it returned, so a folder that exists is complete.
 */
export async function cached(
  name: string,
  progress: Progress,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const root = cacheRoot();
  const folder = join(root, name);
  if (existsSync(folder)) return folder;
  await mkdir(root, { recursive: true });
  return withLock(`${folder}.lock`, progress, async () => {
    if (existsSync(folder)) return folder;
    const draft = await mkdtemp(`${folder}.draft-`);
    try {
      await fill(draft);
      await rename(draft, folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return folder;
  });
}

const LOCK_BEAT_MS = 5_000;
const LOCK_STALE_MS = 30_000;
const LOCK_PATIENCE_MS = 20 * 60_000;

/**
 * Runs `work` while holding the folder `path` as a lock. The holder touches it every five seconds:
 * a lock left untouched for thirty belongs to a run that died, whichever machine it ran on.
 */
async function withLock<T>(path: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  let announced = false;
  await until(
    async () => {
      if (await tryLock(path)) return true;
      if (!announced) progress.say(`Another run is installing the same tool; waiting for it (${path})`);
      announced = true;
      return false;
    },
    { what: `another run to finish installing (remove ${path} if there is none)`, timeoutMs: LOCK_PATIENCE_MS, everyMs: 1_000 },
  );
  const beat = setInterval(() => void touch(path), LOCK_BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { recursive: true, force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch {
    const age = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
    // Removed only; the next look competes for it like everybody else's.
    if (age > LOCK_STALE_MS) await rm(path, { recursive: true, force: true });
    return false;
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  // A lock that somebody removed by hand is no reason to stop the installation.
  await utimes(path, now, now).catch(() => undefined);
}
