import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagValues, isIn, percentOf } from '../../share.mjs';

const customers = Array.from({ length: 2000 }, (_, n) => `customer-${n}`);

test('the flag is off, shadow, a share, or on', () => {
  for (const value of ['off', 'shadow', '1', '10', '99', '100', 'on']) assert.match(value, flagValues);
  for (const value of ['', '0', '101', '010', '5.5', 'ON', ' on']) assert.doesNotMatch(value, flagValues);
  assert.deepEqual(['off', 'shadow', '25', '100', 'on'].map(percentOf), [0, 0, 25, 100, 100]);
});

test('a share is about as large as it says', () => {
  for (const share of [10, 50, 90]) {
    const inShare = customers.filter((customer) => isIn(String(share), customer)).length / 20;
    assert.ok(Math.abs(inShare - share) < 3, `${inShare} % for a share of ${share} %`);
  }
});

test('whoever is in a share stays in when it grows, and all are in at the end', () => {
  for (const customer of customers.slice(0, 200)) {
    const seen = ['1', '10', '50', '100', 'on'].map((flag) => isIn(flag, customer));
    assert.deepEqual(seen, seen.toSorted());
    assert.equal(seen.at(-1), true);
    assert.equal(isIn('off', customer) || isIn('shadow', customer), false);
  }
});
