// The orders service. Started by ops/start; what it prints goes to var/service.log.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { openDatabase } from './database.mjs';
import { listener } from './http.mjs';
import { Metrics } from './metrics.mjs';
import { schemaOf, wantedSchema } from './migrate.mjs';
import { Orders } from './orders.mjs';
import { paths, readSettings, release } from './settings.mjs';

const log = (line) => console.log(`${new Date().toISOString()} ${line}`);

try {
  start();
} catch (error) {
  refuse(error.message);
}

function start() {
  const { port, bulkPricing } = readSettings();
  const db = openDatabase(paths.database);
  if (schemaOf(db) < wantedSchema) {
    throw new Error(`The database has schema ${schemaOf(db)}, ${release} needs ${wantedSchema}. Run: ops/migrate up`);
  }
  const orders = new Orders(db, { bulkPricing });
  const isOn = orders.share.meant > 0;
  const state = () => ({ release, pid: process.pid, bulkPricing: isOn, flag: bulkPricing, schema: schemaOf(db), wantedSchema });
  const service = { orders, metrics: new Metrics(), state, log };
  const server = createServer(listener(service));

  server.on('error', (error) =>
    refuse(error.code === 'EADDRINUSE' ? `Port ${port} is taken by another program. Choose another PORT in .env.` : error.message),
  );
  // Nobody outside this machine has any business with a demo.
  server.listen(port, '127.0.0.1', () => {
    writeFileSync(paths.pid, `${process.pid}\n`);
    log(`${release} listens on 127.0.0.1:${port}, BULK_PRICING is ${bulkPricing}`);
  });

  let stopping = false;
  const stop = (why) => {
    if (stopping) return;
    stopping = true;
    log(`stopping: ${why}`);
    if (ownsPidFile()) rmSync(paths.pid, { force: true });
    server.close(() => db.close());
    server.closeAllConnections();
    clearInterval(watch);
  };
  process.on('SIGTERM', () => stop('asked to'));
  process.on('SIGINT', () => stop('asked to'));
  // A person ends the demo by deleting its folder. Nothing of it may stay behind.
  const watch = setInterval(() => existsSync(paths.state) || stop('the folder is gone'), 2000);
}

function refuse(message) {
  log(`not started: ${message}`);
  process.exit(1);
}

function ownsPidFile() {
  return existsSync(paths.pid) && readFileSync(paths.pid, 'utf8').trim() === String(process.pid);
}
