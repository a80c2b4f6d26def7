import { Worker } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { onCopy } from './copy.mjs';
import { metric, send } from './http.mjs';
import { release } from './release.mjs';
import { Problem, inWorkspace, main, say, serviceUrl } from './workspace.mjs';

await main(async (args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { starts: { type: 'boolean', default: false }, 'p95-below': { type: 'string' } } });
  const count = Number(positionals[0] ?? 100);
  if (!Number.isInteger(count) || count < 1 || count > 500) throw new Problem(`"${positionals[0]}" is not a number from 1 to 500.`);
  return values.starts ? starts(count) : requests(count, values['p95-below']);
});

/** N requests at once: nine of ten read, one orders. */
async function requests(count, limit) {
  const stored = await metric('stored');
  if (stored === undefined) throw new Problem(`Nothing answers at ${serviceUrl()}. Run: ops/start`);
  const all = await Promise.all(Array.from({ length: count }, (_, n) => timed(() => one(n, stored))));
  const failed = all.filter(({ answer }) => answer.status === 0 || answer.status >= 500).length;
  const p95 = percentile(all.map(({ ms }) => ms), 95);
  say(`${count} requests at once: ${count - failed} answered, ${failed} failed.`);
  say(spread(all.map(({ ms }) => ms)));
  if (failed > 0) return 1;
  if (limit === undefined) return 0;
  say(p95 < Number(limit) ? `95 % within ${limit} ms.` : `95 % took up to ${p95} ms, NOT below the limit of ${limit}.`);
  return p95 < Number(limit) ? 0 : 1;
}

function one(n, stored) {
  if (n % 10 === 3) return send('POST', '/orders', { item: 'desk lamp', quantity: 2, customer: `load-${n}` });
  return n % 10 === 0 ? send('GET', '/orders?limit=10') : send('GET', `/orders/${1 + ((n * 7) % stored)}`);
}

/** N starts of the release at once, each of which brings the same copy of the database to its schema. */
async function starts(count) {
  const { migrateTo, openDatabase, wantedSchema } = await release();
  const results = await onCopy(async (file) => {
    const db = openDatabase(file);
    migrateTo(db, wantedSchema - 1);
    db.close();
    return startAll(count, file);
  });
  const failed = results.filter(({ error }) => error);
  const applied = results.filter(({ done }) => done > 0).length;
  say(`${count} starts at once: ${applied} migrated, ${count - applied - failed.length} found it done, ${failed.length} failed.`);
  say(spread(results.map(({ ms }) => ms)));
  for (const message of new Set(failed.map(({ error }) => error))) say(`failed with: ${message}`);
  return failed.length === 0 && applied === 1 ? 0 : 1;
}

// Every start is a thread with a connection of its own. All are let go together, once the last of them is ready.
async function startAll(count, file) {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from({ length: count }, () =>
    new Worker(new URL('load-start.mjs', import.meta.url), { workerData: { file, service: pathToFileURL(inWorkspace('service/')).href, gate } }));
  try {
    await Promise.all(workers.map(said));
    const results = workers.map(said);
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    return await Promise.all(results);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function said(worker) {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function timed(work) {
  const begin = performance.now();
  const answer = await work();
  return { answer, ms: Math.round(performance.now() - begin) };
}

function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1];
}

function spread(ms) {
  return `half within ${percentile(ms, 50)} ms, 95 % within ${percentile(ms, 95)} ms, the slowest ${percentile(ms, 100)} ms.`;
}
