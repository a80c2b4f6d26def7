import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isolatedCopy } from './isolated.mjs';
import { Problem, main, say, shared } from './workspace.mjs';

const script = fileURLToPath(new URL('bench-work.mjs', import.meta.url));

await main((args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { record: { type: 'boolean', default: false }, 'at-most': { type: 'string' } } });
  const [tag] = positionals;
  const service = join(isolatedCopy(tag), 'service');
  const measured = JSON.parse(execFileSync(process.execPath, [...process.execArgv, script, service], { encoding: 'utf8', env: { PATH: process.env.PATH } }));
  say(`${tag}: an order placed and read takes ${measured.microseconds} µs, ${measured.score.toFixed(2)} times the yardstick.`);
  if (values.record) {
    writeFileSync(shared.baseline, `${JSON.stringify({ release: tag, ...measured }, null, 2)}\n`);
    return say('Recorded as the baseline in var/bench.json.');
  }
  if (!existsSync(shared.baseline)) throw new Problem('There is no baseline. Record one: ops/bench v1.0.0 --record');
  const baseline = JSON.parse(readFileSync(shared.baseline, 'utf8'));
  const ratio = measured.score / baseline.score;
  const limit = values['at-most'];
  const good = limit === undefined || ratio <= Number(limit);
  say(`ratio ${ratio.toFixed(2)} to ${baseline.release}${limit === undefined ? '' : good ? `, within the limit of ${limit}` : `, NOT within the limit of ${limit}`}`);
  return good ? 0 : 1;
});
