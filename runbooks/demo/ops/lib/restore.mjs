import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { goodBackup, putBack } from './backups.mjs';
import { servicePid } from './service.mjs';
import { Problem, git, main, paths, say } from './workspace.mjs';

await main((args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'boolean', default: false } } });
  const [name] = positionals;
  const backup = goodBackup(name);
  const { commit, release, orders } = backup.manifest;
  if (servicePid()) throw new Problem('The service runs. Stop it first: ops/stop. Nothing was changed.');
  if (!values.data) restoreCode(commit);
  const kept = putBack(backup);
  say(`Restored from var/backups/${backup.folder}: ${values.data ? '' : `${release}, `}${orders} orders, .env.`);
  say(`The database that it replaced is kept in ${kept.slice(paths.root.length)}.`);
});

// A full restore does not trust the work tree: whatever somebody changed in service/ is put back, after a copy
// of the changes was saved.
function restoreCode(commit) {
  const changes = git('diff', 'HEAD', '--binary', '--', 'service');
  if (changes) {
    mkdirSync(paths.replaced, { recursive: true });
    const patch = join(paths.replaced, `service-${Date.now()}.patch`);
    writeFileSync(patch, `${changes}\n`);
    say(`service/ had changes that are in no commit. They are kept in ${patch.slice(paths.root.length)}.`);
  }
  git('restore', `--source=${commit}`, '--staged', '--worktree', '--', 'service');
  git('checkout', '--quiet', commit);
  if (!existsSync(paths.server)) throw new Problem(`service/ is not complete after the checkout of ${commit}.`);
}
