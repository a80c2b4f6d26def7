import { metric, send } from './http.mjs';
import { Problem, main, say, serviceUrl } from './workspace.mjs';

const wishes = [
  { item: 'desk lamp', quantity: 2 },
  { item: 'cable tray', quantity: 25 },
  { item: 'office chair', quantity: 1 },
  { item: 'monitor arm', quantity: 120 },
];

await main(async ([howMany = '40']) => {
  const total = Number(howMany);
  if (!Number.isInteger(total) || total < 1) throw new Problem(`"${howMany}" is not a number of requests.`);
  let stored = await metric('stored');
  if (stored === undefined) throw new Problem(`Nothing answers at ${serviceUrl()}. Run: ops/start`);
  const before = stored;
  let failed = 0;
  for (let n = 0; n < total; n += 1) {
    const { status } = await one(n, stored);
    if (status === 201) stored += 1;
    if (status === 0 || status >= 500) failed += 1;
  }
  say(`${total} requests: ${total - failed} answered, ${failed} failed (${Math.round((100 * failed) / total)} %). ${stored - before} new orders.`);
});

// Of ten: two new orders, two lists, six reads spread over everything that is stored. The same every time, so
// that the story goes the same way for everyone who plays it.
function one(n, stored) {
  const kind = n % 10;
  if (kind === 3 || kind === 8) return send('POST', '/orders', { ...wishes[Math.floor(n / 5) % wishes.length], customer: `customer-${n}` });
  if (kind === 0 || kind === 5) return send('GET', '/orders?limit=10');
  return send('GET', `/orders/${1 + ((n * 7) % stored)}`);
}
