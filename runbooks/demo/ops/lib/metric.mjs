import { parseArgs } from 'node:util';
import { metric } from './http.mjs';
import { Problem, main, say, serviceUrl } from './workspace.mjs';

// Names that are quick to say.
const short = { p95: 'p95_ms' };

await main(async (args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { below: { type: 'string' }, is: { type: 'string' } } });
  const [name = ''] = positionals;
  const value = await metric(short[name] ?? name);
  if (value === undefined) throw new Problem(`${serviceUrl()}/metrics has no "${name}", or the service is down: ops/status`);
  if (values.is !== undefined) return judged(value === Number(values.is), `${name} is ${value}`, `, as it should be`, `, NOT ${values.is}`);
  if (values.below === undefined) return say(value);
  return judged(value < Number(values.below), `${name} is ${value}`, `, below the limit of ${values.below}`, `, NOT below the limit of ${values.below}`);
});

function judged(isGood, what, good, bad) {
  say(`${what}${isGood ? good : bad}.`);
  return isGood ? 0 : 1;
}
