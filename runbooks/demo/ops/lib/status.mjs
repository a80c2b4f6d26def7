import { metric, send } from './http.mjs';
import { flagOf, servicePid } from './service.mjs';
import { checkedOutRelease, environment, main, say, serviceUrl, settings } from './workspace.mjs';

await main(async () => {
  const pid = servicePid();
  const { json } = await send('GET', '/version');
  if (environment !== 'production') say(`instance   ${environment}`);
  say(`code       ${checkedOutRelease()} is checked out`);
  say(`flag       BULK_PRICING is ${settings().BULK_PRICING} in .env`);
  if (!pid || !json) {
    say(`service    ${pid ? `pid ${pid} does not answer at ${serviceUrl()}` : 'down'}`);
    return 3;
  }
  say(`service    ${json.release} at ${serviceUrl()} (pid ${pid}), schema ${json.schema}, BULK_PRICING is ${flagOf(json)}`);
  say(`orders     ${await metric('stored')} stored, ${await metric('error_rate')} % of the requests of the last minute failed`);
  return 0;
});
