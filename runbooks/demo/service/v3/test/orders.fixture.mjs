// A service's parts on a database in memory, with orders from before the price tiers.

import { Orders } from '../orders.mjs';
import { openDatabase } from '../database.mjs';
import { migrateTo, wantedSchema } from '../migrate.mjs';

/** A database as the first release left it, with two orders. */
export function oldDatabase() {
  const db = openDatabase(':memory:');
  migrateTo(db, 1);
  const insert = db.prepare('INSERT INTO orders (item, quantity, total_cents, created_at) VALUES (?, ?, ?, ?)');
  insert.run('desk lamp', 120, 359_880, '2025-01-08T09:00:00.000Z');
  insert.run('office chair', 1, 18_900, '2025-01-09T09:00:00.000Z');
  return db;
}

/** The same, migrated; and its orders, with the flag as given. */
export function ordersWith(bulkPricing) {
  const db = oldDatabase();
  migrateTo(db, wantedSchema);
  return { db, orders: new Orders(db, { bulkPricing }) };
}
