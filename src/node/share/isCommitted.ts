import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { askingGit } from '../gitClient.ts';
import { pathsOf } from './place.ts';

const LIMIT_MS = 5000;

/**
 * Whether git has a run's folder (absolute), or a part of it, in the commit
 * that is checked out or staged. Null when git cannot say.
 */
export async function isCommitted(folder: string, limitMs = LIMIT_MS): Promise<boolean | null> {
  if (!isInRepository(folder)) return false;
  const { base, run } = pathsOf(folder);
  const ask = (...question: readonly string[]): Promise<string> => askingGit(base, limitMs).raw([...question]);
  try {
    if ((await ask('rev-parse', '--is-inside-work-tree')).trim() !== 'true') return null;
    if ((await ask('ls-files', '-z', '--', run)) !== '') return true;
    const head = (await ask('rev-list', '--max-count=1', '--all')).trim() === '' ? '' : (await ask('rev-parse', '--verify', 'HEAD')).trim();
    return head !== '' && (await ask('ls-tree', '-r', '--name-only', '-z', head, '--', `${basename(dirname(folder))}/${basename(folder)}`)) !== '';
  } catch {
    return null;
  }
}

/** Seen without git: where there is no repository, git need not be there. */
function isInRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}
