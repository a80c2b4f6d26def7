// The schema changes that this release knows, oldest first.

import { orders } from './001-orders.mjs';
import { priceTier } from './002-price-tier.mjs';

export const migrations = [orders, priceTier];
