import { send } from './http.mjs';
import { main, say } from './workspace.mjs';

const routes = [
  { ask: 'GET /health', status: 200, has: '"status":"ok"' },
  { ask: 'GET /version', status: 200, has: '"release"' },
  { ask: 'GET /metrics', status: 200, has: 'orders_error_rate ' },
  { ask: 'GET /orders', status: 200, has: '"orders":[' },
  { ask: 'GET /orders/1', status: 200, has: '"id":1,' },
  { ask: 'GET /orders/999999999', status: 404, has: 'There is no order' },
  { ask: 'POST /orders', status: 400, has: 'There is no item', body: { item: 'no such thing', quantity: 1 } },
  { ask: 'GET /nothing-here', status: 404, has: 'There is no GET' },
];

await main(async () => {
  let failed = 0;
  for (const { ask, status, has, body } of routes) {
    const [method, path] = ask.split(' ');
    const answer = await send(method, path, body);
    const good = answer.status === status && answer.text.includes(has);
    if (!good) failed += 1;
    say(`${good ? 'ok  ' : 'FAIL'}  ${ask.padEnd(22)} ${answer.status}${good ? '' : `, expected ${status} with ${has}`}`);
  }
  say(failed === 0 ? `All ${routes.length} routes answer as they should.` : `${failed} of ${routes.length} routes do not. The reasons are in var/service.log.`);
  return failed === 0 ? 0 : 1;
});
