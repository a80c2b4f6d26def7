// One start of many: opens the database, waits until all are let go, migrates it, and says how that went.

import { parentPort, workerData } from 'node:worker_threads';
import { release } from './release.mjs';

const { migrateTo, openDatabase, wantedSchema } = await release(workerData.service);
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
