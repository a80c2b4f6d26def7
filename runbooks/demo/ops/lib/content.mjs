import { parseArgs } from 'node:util';
import { send } from './http.mjs';
import { Problem, main, say } from './workspace.mjs';

await main(async (args) => {
  const texts = { type: 'string', multiple: true, default: [] };
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { has: texts, without: texts } });
  const [path] = positionals;
  if (!path?.startsWith('/')) throw new Problem('Say which page: ops/content /orders/1 --has TEXT --without TEXT.');
  const { status, text } = await send('GET', path);
  const results = [
    { good: status === 200, words: `answers ${status || 'nothing'}` },
    ...values.has.map((wanted) => ({ good: text.includes(wanted), words: `has ${wanted}` })),
    ...values.without.map((gone) => ({ good: !text.includes(gone), words: `is without ${gone}` })),
  ];
  for (const { good, words } of results) say(`${good ? 'ok  ' : 'FAIL'}  ${path} ${words}`);
  return results.every(({ good }) => good) ? 0 : 1;
});
