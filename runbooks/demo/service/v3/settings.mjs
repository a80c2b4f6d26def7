// What this release is, where its things are, and what `.env` says.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { flagValues } from './share.mjs';

export { flagValues };

const inWorkspace = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const paths = {
  database: inWorkspace('var/orders.db'),
  pid: inWorkspace('var/service.pid'),
  state: inWorkspace('var'),
};

export const release = `v${JSON.parse(readFileSync(inWorkspace('service/package.json'), 'utf8')).version}`;

/**
 * Reads `.env`, and nothing else: what a terminal happens to export must not change what is deployed.
 * @throws when a value is missing or not understood; the message says which.
 */
export function readSettings() {
  const env = parseEnv(readFileSync(inWorkspace('.env'), 'utf8'));
  const port = Number(env.PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`.env: PORT must be a port number, not "${env.PORT ?? ''}".`);
  }
  return { port, bulkPricing: flag('BULK_PRICING', env.BULK_PRICING ?? 'off') };
}

function flag(name, value) {
  if (!flagValues.test(value)) throw new Error(`.env: ${name} must be off, shadow, 1 to 100 or on, not "${value}".`);
  return value;
}
