// Taking orders and giving them out again.

import { catalogue } from './catalogue.mjs';
import { Comparison } from './comparison.mjs';
import { discounted, shownDiscount, tierFor } from './pricing.mjs';
import { isIn, percentOf } from './share.mjs';

/** A request that is wrong, as against a service that is: answered with 400 and not counted as an error. */
export class BadRequest extends Error {}

export class Orders {
  #db;
  #bulkPricing;
  #placed = 0;
  #withNewPrice = 0;
  /** What the shadow has seen. */
  comparison = new Comparison();

  /** @param {{ bulkPricing: string }} settings the flag: off, shadow, 1 to 100, on */
  constructor(db, { bulkPricing }) {
    this.#db = db;
    this.#bulkPricing = bulkPricing;
  }

  /** @param {{ item: string, quantity: number, customer?: string }} wish */
  add({ item, quantity, customer = '' }) {
    if (!Object.hasOwn(catalogue, item)) throw new BadRequest(`There is no item "${item}".`);
    if (!Number.isInteger(quantity) || quantity < 1) throw new BadRequest('quantity must be a whole number above 0.');
    if (typeof customer !== 'string' || customer.length > 100) throw new BadRequest('customer must be a short text.');
    const listCents = catalogue[item] * quantity;
    const bulkTier = tierFor(quantity);
    const bulkCents = discounted(listCents, bulkTier);
    const isNew = isIn(this.#bulkPricing, customer);
    const id = this.#insert(item, quantity, isNew ? bulkCents : listCents, isNew ? bulkTier : null);
    this.#placed += 1;
    if (isNew) this.#withNewPrice += 1;
    if (this.#bulkPricing === 'shadow') this.comparison.add({ id, item, quantity, listCents, bulkCents, tier: bulkTier });
    return this.get(id);
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

  /** What share of the customers is meant to get the new price, and of the orders since the start, got it. In percent. */
  get share() {
    const seen = this.#placed === 0 ? 0 : Math.round((100 * this.#withNewPrice) / this.#placed);
    return { meant: percentOf(this.#bulkPricing), seen };
  }

  #insert(item, quantity, totalCents, tier) {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO orders (item, quantity, total_cents, created_at, price_tier) VALUES (?, ?, ?, ?, ?)')
      .run(item, quantity, totalCents, new Date().toISOString(), tier);
    return Number(lastInsertRowid);
  }

  #shown(row) {
    const discount = percentOf(this.#bulkPricing) > 0 ? shownDiscount(row.price_tier) : undefined;
    return {
      id: row.id,
      item: row.item,
      quantity: row.quantity,
      totalCents: row.total_cents,
      createdAt: row.created_at,
      ...(discount && { discount }),
    };
  }
}
