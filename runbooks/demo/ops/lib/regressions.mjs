import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { send } from './http.mjs';
import { Problem, main, paths, say, serviceUrl } from './workspace.mjs';

const file = join(dirname(paths.database), 'regressions.json');
const mostShown = 5;

await main(async ([command]) => {
  if (command === 'record') return record();
  if (command !== undefined) throw new Problem('Say what: ops/regressions record, or ops/regressions.');
  if (!existsSync(file)) throw new Problem('Nothing to compare with. Before a deployment run: ops/regressions record');
  const { release, orders } = JSON.parse(readFileSync(file, 'utf8'));
  const different = [];
  for (const order of orders) {
    const { status, json } = await send('GET', `/orders/${order.id}`);
    // What is new in an answer is no regression.
    const same = status === 200 && Object.entries(order).every(([name, value]) => json?.[name] === value);
    if (!same) different.push(`order ${order.id}: ${status === 200 ? 'reads differently' : `HTTP ${status}`}`);
  }
  for (const words of different.slice(0, mostShown)) say(`FAIL  ${words}`);
  if (different.length > mostShown) say(`FAIL  and ${different.length - mostShown} more`);
  say(`${orders.length - different.length} of the ${orders.length} orders that ${release} knew read as before.`);
  return different.length === 0 ? 0 : 1;
});

async function record() {
  const { json: version } = await send('GET', '/version');
  const { json } = await send('GET', '/orders?limit=1000000');
  if (!version || !json?.orders) throw new Problem(`${serviceUrl()} does not list its orders. Nothing was recorded.`);
  const orders = json.orders.map(({ id, item, quantity, totalCents, createdAt }) => ({ id, item, quantity, totalCents, createdAt }));
  writeFileSync(`${file}.new`, JSON.stringify({ release: version.release, orders }));
  renameSync(`${file}.new`, file);
  say(`Remembered how ${version.release} answers for ${orders.length} orders.`);
}
