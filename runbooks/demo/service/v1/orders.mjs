// Taking orders and giving them out again.

import { catalogue } from './catalogue.mjs';

/** A request that is wrong, as against a service that is: answered with 400 and not counted as an error. */
export class BadRequest extends Error {}

export class Orders {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /** @param {{ item: string, quantity: number }} wish */
  add({ item, quantity }) {
    if (!Object.hasOwn(catalogue, item)) throw new BadRequest(`There is no item "${item}".`);
    if (!Number.isInteger(quantity) || quantity < 1) throw new BadRequest('quantity must be a whole number above 0.');
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO orders (item, quantity, total_cents, created_at) VALUES (?, ?, ?, ?)')
      .run(item, quantity, catalogue[item] * quantity, new Date().toISOString());
    return this.get(Number(lastInsertRowid));
  }

  get(id) {
    const row = this.#db.prepare('SELECT * FROM orders WHERE id = ?').get(id);
    return row && this.#shown(row);
  }

  /** The newest orders first. */
  list(limit) {
    return this.#db.prepare('SELECT * FROM orders ORDER BY id DESC LIMIT ?').all(limit).map((row) => this.#shown(row));
  }

  count() {
    return this.#db.prepare('SELECT count(*) AS count FROM orders').get().count;
  }

  #shown(row) {
    return { id: row.id, item: row.item, quantity: row.quantity, totalCents: row.total_cents, createdAt: row.created_at };
  }
}
