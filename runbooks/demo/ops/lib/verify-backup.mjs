import { goodBackup } from './backups.mjs';
import { main, say } from './workspace.mjs';

await main(([name]) => {
  const { folder, manifest } = goodBackup(name);
  say(`var/backups/${folder} is good: ${manifest.orders} orders, schema ${manifest.schema}, ${manifest.release}.`);
});
