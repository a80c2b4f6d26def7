import { parseArgs } from 'node:util';
import { makeBackup } from './backups.mjs';
import { send } from './http.mjs';
import { Problem, checkedOutRelease, main, say } from './workspace.mjs';

await main(async (args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { release: { type: 'string' }, 'print-name': { type: 'boolean', default: false } } });
  // A "backup from before" that is made after the deployment would be restored as if it were one.
  const running = (await send('GET', '/version')).json?.release;
  for (const [what, release] of [['checked out', checkedOutRelease()], ['running', running]]) {
    if (values.release && release && release !== values.release) {
      throw new Problem(`${release} is ${what}, not ${values.release}. No backup was made; the ones that exist are untouched.`);
    }
  }
  const { folder, manifest } = makeBackup(positionals[0]);
  if (values['print-name']) return say(folder);
  say(`Saved var/backups/${folder}: ${manifest.orders} orders, schema ${manifest.schema}, ${manifest.release}, .env.`);
});
