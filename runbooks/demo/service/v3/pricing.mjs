// Bulk pricing: the more of an item, the cheaper. Behind the flag BULK_PRICING.

const tiers = {
  piece: { from: 1, percentOff: 0 },
  box: { from: 10, percentOff: 5 },
  pallet: { from: 100, percentOff: 12 },
};

/** The name of the tier that an order of this size belongs to. */
export function tierFor(quantity) {
  return Object.keys(tiers).findLast((name) => quantity >= tiers[name].from);
}

export function discounted(listCents, tierName) {
  return Math.round((listCents * (100 - tiers[tierName].percentOff)) / 100);
}

/** What a customer is told of the price; undefined for an order without a tier: made before, or at the list price. */
export function shownDiscount(tierName) {
  return tierName === null ? undefined : { tier: tierName, percentOff: tiers[tierName].percentOff };
}
