import { DatabaseSync } from 'node:sqlite';
import { send } from './http.mjs';
import { main, paths, say } from './workspace.mjs';

await main(async () => {
  const { json: version } = await send('GET', '/version');
  const db = new DatabaseSync(paths.database, { readOnly: true });
  try {
    const applied = db.prepare('SELECT id, name FROM migrations ORDER BY id').all();
    const verdict = db.prepare('PRAGMA integrity_check').get().integrity_check;
    const wrong = db.prepare('SELECT count(*) AS count FROM orders WHERE quantity < 1 OR total_cents < 0 OR created_at IS NULL').get().count;
    const schema = applied.at(-1)?.id ?? 0;
    const results = [
      ['whole', verdict === 'ok', verdict],
      ['migrations', applied.every(({ id }, index) => id === index + 1), applied.map(({ id, name }) => `${id} ${name}`).join(', ') || 'none'],
      ['schema', schema === version?.wantedSchema, `${schema}, and ${version?.release ?? 'no release that answers'} wants ${version?.wantedSchema ?? 'nothing'}`],
      ['orders', wrong === 0, wrong === 0 ? 'each has a quantity, a total and a date' : `${wrong} without a quantity, a total or a date`],
    ];
    for (const [name, good, text] of results) say(`${good ? 'ok  ' : 'FAIL'}  ${name.padEnd(11)} ${text}`);
    return results.every(([, good]) => good) ? 0 : 1;
  } finally {
    db.close();
  }
});
