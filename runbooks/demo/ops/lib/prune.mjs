import { removeBackup } from './backups.mjs';
import { main, say } from './workspace.mjs';

await main(() => {
  const names = (process.env.BACKUPS_TO_PRUNE ?? '').split('\n').filter((name) => name !== '');
  if (names.length === 0) say('No backup is too many.');
  for (const name of names) say(removeBackup(name) ? `Removed var/backups/${name}.` : `var/backups/${name} is gone already.`);
});
