import { flagValues } from './release.mjs';
import { Problem, checkedOutRelease, main, say, setSetting, settings } from './workspace.mjs';

await main(async ([name, value]) => {
  const before = settings()[name];
  if (before === undefined) throw new Problem(`There is no "${name ?? ''}" in .env.`);
  if (value === undefined) return say(`${name} is ${before}.`);
  if (!(await flagValues()).test(value)) throw new Problem(`"${value}" is nothing that ${checkedOutRelease()} knows for ${name}. Nothing was changed.`);
  setSetting(name, value);
  say(before === value ? `${name} is ${value} already.` : `${name}: ${before} -> ${value}. Takes effect with ops/restart.`);
});
