import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { copyDatabase } from './copy.mjs';
import { servicePid, stop } from './service.mjs';
import { layOut, remove } from './worktree.mjs';
import { Problem, checkedOutRelease, inWorkspace, main, paths, say, serviceUrl, shared } from './workspace.mjs';

await main(async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { fresh: { type: 'boolean', default: false }, remove: { type: 'boolean', default: false } },
  });
  if (values.remove) {
    if (existsSync(paths.env)) await stop();
    remove(paths.root);
    return say('There is no staging instance any more.');
  }
  layOut(paths.root, positionals[0]);
  mkdirSync(inWorkspace('bin'), { recursive: true });
  copyFileSync(shared.node, inWorkspace('bin/node'));
  mkdirSync(paths.state, { recursive: true });
  if (!existsSync(paths.env)) writeFileSync(paths.env, `PORT=${await freePort()}\nBULK_PRICING=off\n`, { mode: 0o600 });
  if (values.fresh || !existsSync(paths.database)) await copyData();
  say(`${checkedOutRelease()} is in var/staging, at ${serviceUrl()} once it is started: ORDERS_ENV=staging ops/restart`);
});

async function copyData() {
  if (servicePid()) say(await stop());
  for (const suffix of ['', '-journal', '-wal', '-shm', '.new']) rmSync(paths.database + suffix, { force: true });
  // Only a whole copy gets the name.
  copyDatabase(shared.production, `${paths.database}.new`);
  renameSync(`${paths.database}.new`, paths.database);
  say("Production's orders were copied.");
}

// Below the range from which systems take ports for outgoing connections, as production's.
async function freePort() {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Problem('No free port was found between 20000 and 32000.');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
