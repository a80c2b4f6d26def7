import { Problem, main, say, setSetting, settings } from './workspace.mjs';

await main(([name, value]) => {
  const before = settings()[name];
  if (before === undefined) throw new Problem(`There is no "${name ?? ''}" in .env.`);
  if (value === undefined) return say(`${name} is ${before}.`);
  if (value !== 'on' && value !== 'off') throw new Problem(`"${value}" is neither on nor off. Nothing was changed.`);
  setSetting(name, value);
  say(before === value ? `${name} is ${value} already.` : `${name}: ${before} -> ${value}. Takes effect with ops/restart.`);
});
