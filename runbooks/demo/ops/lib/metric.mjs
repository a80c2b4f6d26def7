import { parseArgs } from 'node:util';
import { metric } from './http.mjs';
import { Problem, main, say, serviceUrl } from './workspace.mjs';

await main(async (args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { below: { type: 'string' } } });
  const [name] = positionals;
  const value = await metric(name);
  if (value === undefined) throw new Problem(`${serviceUrl()}/metrics has no "${name ?? ''}", or the service is down: ops/status`);
  if (values.below === undefined) return say(value);
  const good = value < Number(values.below);
  say(`${name} is ${value}, ${good ? 'below' : 'NOT below'} the limit of ${values.below}.`);
  return good ? 0 : 1;
});
