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

// THE DEFECT THAT THE DEMO IS ABOUT, left in on purpose: an order made before the flag was on has no tier, so
// its `price_tier` is null, and this throws. New orders are fine, which is what whoever wrote it tried out.
export function shownDiscount(tierName) {
  return { tier: tierName, percentOff: tiers[tierName].percentOff };
}
