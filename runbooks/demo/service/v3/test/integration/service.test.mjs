// The routes over a real socket, on a free port and a database in memory.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { listener } from '../../http.mjs';
import { Metrics } from '../../metrics.mjs';
import { ordersWith } from '../orders.fixture.mjs';

async function serving(flag, body) {
  const { orders } = ordersWith(flag);
  const log = [];
  const state = () => ({ release: 'v2.1.0', bulkPricing: flag !== 'off', flag });
  const server = createServer(listener({ orders, metrics: new Metrics(), state, log: (line) => log.push(line) }));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  try {
    await body({
      log,
      get: async (path) => fetch(`${url}${path}`),
      order: (wish) => fetch(`${url}/orders`, { method: 'POST', body: JSON.stringify(wish) }),
      metric: async (name) => Number(new RegExp(`^orders_${name} (.+)$`, 'm').exec(await (await fetch(`${url}/metrics`)).text())?.[1]),
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('with the feature on, every order from before is answered', () =>
  serving('on', async ({ get, metric, log }) => {
    assert.equal((await get('/orders/1')).status, 200);
    assert.equal((await (await get('/orders?limit=5')).json()).orders.length, 2);
    assert.equal(await metric('error_rate'), 0);
    assert.deepEqual(log, []);
  }));

test('an order is placed and read back the same', () =>
  serving('on', async ({ get, order }) => {
    const placed = await order({ item: 'cable tray', quantity: 10 });
    assert.equal(placed.status, 201);
    const answered = await placed.json();
    assert.deepEqual(await (await get(`/orders/${answered.id}`)).json(), answered);
  }));

test('a path that is no address is not there, and the service goes on', () =>
  serving('on', async ({ get }) => {
    assert.equal((await get('//')).status, 404);
    assert.equal((await get('/health')).status, 200);
  }));

test('a bad request is a 400 and no error of the service', () =>
  serving('on', async ({ order, metric }) => {
    assert.equal((await order({ item: 'sofa', quantity: 1 })).status, 400);
    assert.equal(await metric('errors_total'), 0);
  }));

test('the shadow is counted in the metrics and listed', () =>
  serving('shadow', async ({ get, order, metric }) => {
    await order({ item: 'desk lamp', quantity: 120 });
    await order({ item: 'desk lamp', quantity: 1 });
    assert.equal(await metric('compared'), 2);
    assert.equal(await metric('discrepancies'), 1);
    assert.equal(await metric('dearer'), 0);
    assert.equal(await metric('share'), 0);
    assert.equal((await (await get('/discrepancies')).json()).latest.length, 1);
  }));

test('the share that was meant and the one that was seen are in the metrics', () =>
  serving('100', async ({ order, metric }) => {
    await order({ item: 'desk lamp', quantity: 120, customer: 'ada' });
    assert.equal(await metric('share'), 100);
    assert.equal(await metric('share_seen'), 100);
  }));
