import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commitOf } from './worktree.mjs';
import { Problem, shared } from './workspace.mjs';

/** The folder of a release's isolated copy. @throws Problem when it is not laid out. */
export function isolatedCopy(tag) {
  commitOf(tag);
  const folder = join(shared.isolated, tag);
  if (!existsSync(join(folder, 'service'))) throw new Problem(`${tag} is not laid out by itself. Run: ops/isolate ${tag}`);
  return folder;
}
