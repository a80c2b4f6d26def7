import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { layOut, commitOf, remove } from './worktree.mjs';
import { main, say, shared } from './workspace.mjs';

await main((args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { remove: { type: 'boolean', default: false } } });
  const [tag] = positionals;
  const commit = commitOf(tag);
  const folder = join(shared.isolated, tag);
  const was = existsSync(folder);
  if (values.remove) {
    remove(folder);
    return say(was ? `Removed var/isolated/${tag}.` : `There is no var/isolated/${tag}.`);
  }
  layOut(folder, tag);
  say(`${tag} (${commit.slice(0, 7)}) is in var/isolated/${tag}. What is deployed is untouched.`);
});
