// Only adds: the release before can go on working with the column there.
export const priceTier = {
  id: 2,
  name: 'price-tier',
  up: 'ALTER TABLE orders ADD COLUMN price_tier TEXT',
  down: 'ALTER TABLE orders DROP COLUMN price_tier',
};
