// The schema changes that this release knows, oldest first.

import { orders } from './001-orders.mjs';

export const migrations = [orders];
