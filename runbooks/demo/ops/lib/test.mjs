import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isolatedCopy } from './isolated.mjs';
import { Problem, main, say } from './workspace.mjs';

await main((args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { coverage: { type: 'string' } } });
  const [kind, tag] = positionals;
  if (kind !== 'unit' && kind !== 'integration') throw new Problem('Say which tests: ops/test unit v2.1.0, or ops/test integration v2.1.0.');
  const copy = isolatedCopy(tag);
  const folder = join(copy, 'service/test', kind);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).map((name) => join(folder, name)) : [];
  if (files.length === 0) throw new Problem(`${tag} brings no ${kind} tests. Nothing was tested.`);
  const { status, error } = spawnSync(process.execPath, [...process.execArgv, '--test', ...covered(values.coverage), ...files], {
    cwd: copy,
    stdio: ['ignore', 'inherit', 'inherit'],
    // What the terminal exports must not change what is tested.
    env: { PATH: process.env.PATH },
  });
  if (error) throw error;
  say(status === 0 ? `The ${kind} tests of ${tag} have passed.` : `The ${kind} tests of ${tag} have FAILED.`);
  return status ?? 1;
});

function covered(atLeast) {
  if (atLeast === undefined) return [];
  if (!/^\d{1,3}$/.test(atLeast)) throw new Problem(`"${atLeast}" is not a percentage.`);
  return ['--experimental-test-coverage', '--test-coverage-include=service/*.mjs', `--test-coverage-lines=${atLeast}`];
}
