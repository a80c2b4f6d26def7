import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadRequest } from '../../orders.mjs';
import { isIn } from '../../share.mjs';
import { ordersWith } from '../orders.fixture.mjs';

const bulk = { item: 'desk lamp', quantity: 120 };

test('off: the list price, and nothing is compared', () => {
  const { orders } = ordersWith('off');
  assert.equal(orders.add(bulk).totalCents, 359_880);
  assert.equal(orders.comparison.figures.compared, 0);
});

test('on: the bulk price, with its tier', () => {
  const { orders } = ordersWith('on');
  const placed = orders.add(bulk);
  assert.equal(placed.totalCents, 316_694);
  assert.deepEqual(placed.discount, { tier: 'pallet', percentOff: 12 });
});

test('on: the orders from before can be read, and have no discount', () => {
  const { orders } = ordersWith('on');
  assert.equal(orders.get(1).totalCents, 359_880);
  assert.equal(orders.get(1).discount, undefined);
  assert.equal(orders.list(10).length, 2);
});

test('a share: each customer gets one price, always the same', () => {
  const { orders } = ordersWith('50');
  for (let n = 0; n < 40; n += 1) {
    const customer = `customer-${n % 20}`;
    assert.equal(orders.add({ ...bulk, customer }).totalCents, isIn('50', customer) ? 316_694 : 359_880);
  }
  assert.equal(orders.share.meant, 50);
  assert.ok(orders.share.seen > 0 && orders.share.seen < 100);
});

test('shadow: the list price is answered, the other one is compared and listed', () => {
  const { orders } = ordersWith('shadow');
  const placed = orders.add(bulk);
  assert.equal(placed.totalCents, 359_880);
  assert.equal(placed.discount, undefined);
  orders.add({ item: 'office chair', quantity: 1 });
  assert.deepEqual(orders.comparison.figures, { compared: 2, discrepancies: 1, dearer: 0 });
  assert.deepEqual(orders.comparison.latest, [{ ...bulk, id: placed.id, listCents: 359_880, bulkCents: 316_694, tier: 'pallet' }]);
});

test('back from on to off: an order keeps its price, and no discount is shown', () => {
  const { db, orders } = ordersWith('on');
  const { id } = orders.add(bulk);
  const after = new orders.constructor(db, { bulkPricing: 'off' }).get(id);
  assert.equal(after.totalCents, 316_694);
  assert.equal(after.discount, undefined);
});

test('what cannot be ordered is the request’s fault', () => {
  const { orders } = ordersWith('on');
  for (const wish of [{}, { item: 'sofa', quantity: 1 }, { item: 'desk lamp', quantity: 0 }, { item: 'desk lamp', quantity: 1.5 }, { ...bulk, customer: 7 }]) {
    assert.throws(() => orders.add(wish), BadRequest);
  }
  assert.equal(orders.count(), 2);
});
