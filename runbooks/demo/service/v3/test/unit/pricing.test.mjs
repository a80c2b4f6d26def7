import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discounted, shownDiscount, tierFor } from '../../pricing.mjs';

test('the tier goes by the quantity, its limits included', () => {
  assert.deepEqual([1, 9, 10, 99, 100, 5000].map(tierFor), ['piece', 'piece', 'box', 'box', 'pallet', 'pallet']);
});

test('a discount is rounded to the cent', () => {
  assert.equal(discounted(359_880, 'pallet'), 316_694);
  assert.equal(discounted(2999, 'piece'), 2999);
});

test('an order without a tier has no discount to be shown, which is no error', () => {
  assert.equal(shownDiscount(null), undefined);
  assert.deepEqual(shownDiscount('box'), { tier: 'box', percentOff: 5 });
});
