// Who gets the new price: nobody, some of the customers, or all. And the mode that only compares.

import { createHash } from 'node:crypto';

/** What BULK_PRICING may be in this release. */
export const flagValues = /^(?:off|shadow|on|[1-9]\d?|100)$/;

/** How many of a hundred customers get the new price. @param {string} flag one of `flagValues` */
export function percentOf(flag) {
  if (flag === 'off' || flag === 'shadow') return 0;
  return flag === 'on' ? 100 : Number(flag);
}

/**
 * Whether a customer gets the new price. Always the same answer for the same share, and whoever is in a share is
 * in every larger one: nobody's prices go to and fro while the share grows.
 */
export function isIn(flag, customer) {
  return createHash('sha256').update(customer).digest().readUInt32BE() % 100 < percentOf(flag);
}
