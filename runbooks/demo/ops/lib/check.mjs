import { parseArgs } from 'node:util';
import { DatabaseSync } from 'node:sqlite';
import { metric, send } from './http.mjs';
import { flagOf } from './service.mjs';
import { main, paths, say, serviceUrl } from './workspace.mjs';

const maxErrorRate = 5;

await main(async (args) => {
  const { values: expected } = parseArgs({ args, options: { release: { type: 'string' }, flag: { type: 'string' } } });
  const { status } = await send('GET', '/health');
  if (status === 0) {
    say(`FAIL  health        nothing answers at ${serviceUrl()}; start it: ops/start`);
    return 1;
  }
  const { json: version } = await send('GET', '/version');
  const flag = flagOf(version ?? {});
  const truth = inDatabase();
  const results = [
    result('health', status === 200, `HTTP ${status} from ${serviceUrl()}/health`),
    same('release', version?.release, expected.release),
    same('schema', version?.schema, version?.wantedSchema),
    same('BULK_PRICING', flag, expected.flag),
    await readable('oldest order', truth.oldest),
    await readable('newest order', truth.newest),
    await sameTotal(truth),
    await errorRate(),
  ];
  for (const { name, good, text } of results) say(`${good ? 'ok  ' : 'FAIL'}  ${name.padEnd(12)}  ${text}`);
  const failed = results.filter(({ good }) => !good).length;
  say(failed === 0 ? `All ${results.length} checks passed.` : `${failed} of ${results.length} checks failed. The reasons are in var/service.log.`);
  return failed === 0 ? 0 : 1;
});

// What is stored is the measure for what the service says.
function inDatabase() {
  const db = new DatabaseSync(paths.database, { readOnly: true });
  try {
    return db.prepare('SELECT min(id) AS oldest, max(id) AS newest, count(*) AS count, sum(total_cents) AS cents FROM orders').get();
  } finally {
    db.close();
  }
}

async function readable(name, id) {
  if (id === null) return result(name, true, 'there are no orders');
  const { status, json } = await send('GET', `/orders/${id}`);
  const good = status === 200 && json?.id === id;
  return result(name, good, good ? `order ${id}: ${json.quantity} x ${json.item}` : `HTTP ${status} for order ${id}`);
}

async function sameTotal({ count, cents }) {
  const { status, json } = await send('GET', `/orders?limit=${count + 100}`);
  if (status !== 200) return result('all orders', false, `HTTP ${status} for the list of ${count} orders`);
  const listed = json.orders.reduce((sum, order) => sum + order.totalCents, 0);
  const good = json.orders.length === count && listed === (cents ?? 0);
  return result('all orders', good, `${json.orders.length} of ${count}, together ${money(listed)} of ${money(cents)}`);
}

async function errorRate() {
  const rate = await metric('error_rate');
  return result('error rate', rate < maxErrorRate, `${rate} % in the last minute (limit ${maxErrorRate} %)`);
}

function same(name, actual, wanted = actual) {
  return result(name, actual === wanted, actual === wanted ? `${actual}` : `${actual}, expected ${wanted}`);
}

function money(cents) {
  return ((cents ?? 0) / 100).toFixed(2);
}

function result(name, good, text) {
  return { name, good, text };
}
