// One start of many: opens the database, waits until all are let go, migrates it, and says how that went.

import { parentPort, workerData } from 'node:worker_threads';

// Only the service's own code: a hundred of these are started.
const { migrateTo, wantedSchema } = await import(`${workerData.service}migrate.mjs`);
const { openDatabase } = await import(`${workerData.service}database.mjs`);
const db = openDatabase(workerData.file);
parentPort.postMessage('ready');
Atomics.wait(workerData.gate, 0, 0);

const begin = performance.now();
const took = () => Math.round(performance.now() - begin);
try {
  const done = migrateTo(db, wantedSchema);
  parentPort.postMessage({ done: done.length, ms: took() });
} catch (error) {
  parentPort.postMessage({ error: error.message, ms: took() });
} finally {
  db.close();
}
