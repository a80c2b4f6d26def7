// What the two ways of pricing say about the same orders. In memory: it begins anew with each start.

const kept = 50;

export class Comparison {
  #compared = 0;
  #differing = 0;
  #dearer = 0;
  #latest = [];

  /** @param {{ id: number, listCents: number, bulkCents: number, tier: string }} order */
  add(order) {
    this.#compared += 1;
    if (order.bulkCents === order.listCents) return;
    this.#differing += 1;
    // A discount that makes something dearer is never meant.
    if (order.bulkCents > order.listCents) this.#dearer += 1;
    this.#latest = [order, ...this.#latest].slice(0, kept);
  }

  get figures() {
    return { compared: this.#compared, discrepancies: this.#differing, dearer: this.#dearer };
  }

  /** The newest orders with two prices first. */
  get latest() {
    return this.#latest;
  }
}
