import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrateTo, schemaOf, wantedSchema } from '../../migrate.mjs';
import { oldDatabase } from '../orders.fixture.mjs';

const total = (db) => db.prepare('SELECT sum(total_cents) AS cents FROM orders').get().cents;

test('up and down again, every order is still there', () => {
  const db = oldDatabase();
  const before = total(db);
  assert.deepEqual(migrateTo(db, wantedSchema), ['applied 2 (price-tier)']);
  assert.equal(schemaOf(db), wantedSchema);
  assert.deepEqual(migrateTo(db, 1), ['took back 2 (price-tier)']);
  assert.equal(total(db), before);
});

test('what is done is not done again', () => {
  const db = oldDatabase();
  migrateTo(db, wantedSchema);
  assert.deepEqual(migrateTo(db, wantedSchema), []);
});

test('a schema that this release does not know is refused', () => {
  assert.throws(() => migrateTo(oldDatabase(), 9), /newer than this release/);
});

test('a migration that fails leaves nothing behind', () => {
  const db = oldDatabase();
  db.exec('ALTER TABLE orders ADD COLUMN price_tier TEXT');
  assert.throws(() => migrateTo(db, wantedSchema), /duplicate column/);
  assert.equal(schemaOf(db), 1);
});
