import { parseArgs } from 'node:util';
import { send } from './http.mjs';
import { Problem, main, say, serviceUrl } from './workspace.mjs';

await main(async (args) => {
  const { values } = parseArgs({ args, options: { customer: { type: 'string' } } });
  const placed = await send('POST', '/orders', { item: 'desk lamp', quantity: 120, ...values });
  if (placed.status === 0) throw new Problem(`Nothing answers at ${serviceUrl()}. Run: ops/start`);
  if (placed.status !== 201) throw new Problem(`The order was answered with HTTP ${placed.status}: ${placed.text.trim()}`);
  const read = await send('GET', `/orders/${placed.json.id}`);
  if (read.text !== placed.text) throw new Problem(`Order ${placed.json.id} reads back differently: ${read.text.trim()}`);
  const { id, quantity, item, totalCents, discount } = placed.json;
  say(`Order ${id}: ${quantity} x ${item} for ${(totalCents / 100).toFixed(2)}${discount ? `, ${discount.percentOff} % off` : ''}. Read back the same.`);
});
