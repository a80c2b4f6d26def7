// Measures one release, in a process of its own: how long placing an order and reading it back takes over HTTP,
// beside a yardstick, two requests to a server that does nothing. Only the ratio of the two is compared: it is about
// the same on a busy machine, and on another one. The quickest of many rounds counts, for whatever else the machine
// does only makes rounds slower.
//   node bench-work.mjs <service folder>

import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

const rounds = 30;
const times = 10;
const [folder] = process.argv.slice(2);
const service = (file) => import(pathToFileURL(join(folder, file)).href);
const { listener } = await service('http.mjs');
const { Metrics } = await service('metrics.mjs');
const { migrateTo, wantedSchema } = await service('migrate.mjs');
const { Orders } = await service('orders.mjs');

const db = new DatabaseSync(':memory:');
migrateTo(db, wantedSchema);
const orders = new Orders(db, { bulkPricing: 'on' });
const measured = await serve(listener({ orders, metrics: new Metrics(), state: () => ({}), log: console.error }));
const plain = await serve((incoming, response) => incoming.resume().on('end', () => response.writeHead(200, { connection: 'close' }).end('{"id":1}\n')));

async function microseconds(port) {
  const begin = performance.now();
  for (let n = 0; n < times; n += 1) {
    const { id } = await send(port, 'POST', '/orders', { item: 'desk lamp', quantity: 1 + n * 15, customer: `customer-${n}` });
    await send(port, 'GET', `/orders/${id}`);
  }
  return ((performance.now() - begin) * 1000) / times;
}

function serve(answer) {
  const server = createServer(answer);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

function send(port, method, path, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => (response.statusCode < 300 ? resolve(JSON.parse(text)) : reject(new Error(`HTTP ${response.statusCode}: ${text}`))));
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

let best = Infinity;
let least = Infinity;
for (let round = 0; round < rounds; round += 1) {
  best = Math.min(best, await microseconds(measured));
  least = Math.min(least, await microseconds(plain));
}
console.log(JSON.stringify({ microseconds: Math.round(best), score: best / least }));
process.exit();
