import { parseArgs } from 'node:util';
import { send } from './http.mjs';
import { Problem, main, say, serviceUrl } from './workspace.mjs';

const money = (cents) => (cents / 100).toFixed(2).padStart(10);

await main(async (args) => {
  const { values } = parseArgs({ args, options: { 'none-dearer': { type: 'boolean', default: false } } });
  const { status, json } = await send('GET', '/discrepancies');
  if (status !== 200) throw new Problem(`${serviceUrl()} compares no prices (HTTP ${status}). It takes v2.1.0 and: ops/canary shadow`);
  for (const { id, item, quantity, listCents, bulkCents, tier } of json.latest) {
    say(`order ${String(id).padStart(4)}  ${`${quantity} x ${item}`.padEnd(18)} ${money(listCents)} -> ${money(bulkCents)}  ${tier}`);
  }
  say(`${json.compared} orders were priced both ways: ${json.discrepancies} would get another price, ${json.dearer} of them a higher one.`);
  if (!values['none-dearer']) return 0;
  if (json.compared === 0) throw new Problem('Nothing was compared, so nothing was shown. Send some traffic first: ops/traffic 40');
  return json.dearer === 0 ? 0 : 1;
});
