// A second work tree of this repository, at a release: for staging, and to try things in.

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, gitIn, shared } from './workspace.mjs';

/** The commit of a release. @throws Problem when there is no such tag. */
export function commitOf(tag) {
  if (!/^v\d+\.\d+\.\d+$/.test(tag ?? '')) throw new Problem(`"${tag ?? ''}" is not a release, such as v2.1.0. Nothing was changed.`);
  try {
    return gitIn(shared.root, 'rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`);
  } catch {
    throw new Problem(`There is no release ${tag}. These are there: ${gitIn(shared.root, 'tag', '--list').split('\n').join(', ')}.`);
  }
}

/** Puts `folder` at a release; what git does not know stays in it. @throws Problem when changes would be lost. */
export function layOut(folder, tag) {
  const commit = commitOf(tag);
  if (existsSync(join(folder, '.git'))) {
    gitIn(folder, 'checkout', '--quiet', '--detach', commit);
    return;
  }
  // --force: a folder that somebody deleted is still known to git.
  gitIn(shared.root, 'worktree', 'add', '--quiet', '--force', '--detach', folder, commit);
}

/** Removes it with everything that is in it. Nothing happens when it is not there. */
export function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  gitIn(shared.root, 'worktree', 'prune');
}
