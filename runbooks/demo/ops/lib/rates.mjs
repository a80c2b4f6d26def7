import { parseArgs } from 'node:util';
import { send } from './http.mjs';
import { Problem, main, say, serviceUrl } from './workspace.mjs';

const customers = 40;
// Cents of the list, and the part that a bulk order of this size pays.
const kinds = [
  { item: 'desk lamp', cents: 2999, quantity: 1, part: 1 },
  { item: 'cable tray', cents: 1625, quantity: 12, part: 0.95 },
  { item: 'monitor arm', cents: 7450, quantity: 120, part: 0.88 },
];

await main(async (args) => {
  const options = { 'at-least': { type: 'string', default: '100' }, price: { type: 'string' } };
  const { 'at-least': limit, price } = parseArgs({ args, options }).values;
  if (price !== undefined && price !== 'list' && price !== 'bulk') throw new Problem(`"${price}" is no price: list or bulk.`);
  const seen = { placed: 0, 'read back': 0, 'at the right price': 0 };
  for (let n = 0; n < customers; n += 1) {
    const { item, cents, quantity, part } = kinds[n % kinds.length];
    const placed = await send('POST', '/orders', { item, quantity, customer: `smoke-${n}` });
    if (placed.status === 0) throw new Problem(`Nothing answers at ${serviceUrl()}. Run: ops/start`);
    if (placed.status !== 201) continue;
    seen.placed += 1;
    if ((await send('GET', `/orders/${placed.json.id}`)).text === placed.text) seen['read back'] += 1;
    const right = { list: cents * quantity, bulk: Math.round(cents * quantity * part) };
    if (price ? placed.json.totalCents === right[price] : Object.values(right).includes(placed.json.totalCents)) seen['at the right price'] += 1;
  }
  const results = Object.entries(seen).map(([name, count]) => ({ name, count, rate: Math.round((1000 * count) / customers) / 10 }));
  for (const { name, count, rate } of results) say(`${rate >= Number(limit) ? 'ok  ' : 'FAIL'}  ${name.padEnd(18)} ${count} of ${customers}, ${rate} %`);
  return results.every(({ rate }) => rate >= Number(limit)) ? 0 : 1;
});
