import { parseArgs } from 'node:util';
import { onCopy } from './copy.mjs';
import { release } from './release.mjs';
import { Problem, main, paths, say } from './workspace.mjs';

await main(async (args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { 'dry-run': { type: 'boolean', default: false } } });
  const [direction, number] = positionals;
  const { migrateTo, schemaOf, wantedSchema, openDatabase } = await release();
  const target = direction === 'up' || direction === 'match' ? wantedSchema : Number(direction === 'to' ? number : NaN);
  if (!Number.isInteger(target) || target < 1) throw new Problem('Say where to: ops/migrate up, ops/migrate match, or ops/migrate to 1.');
  if (values['dry-run']) return onCopy((file) => rehearse(openDatabase(file), (db) => migrateTo(db, target), schemaOf));
  const db = openDatabase(paths.database);
  try {
    const done = migrateTo(db, target);
    say(done.length > 0 ? `Schema ${schemaOf(db)}: ${done.join(', ')}.` : `Schema ${schemaOf(db)} already, nothing to do.`);
  } catch (error) {
    throw new Problem(`Schema is still ${schemaOf(db)}: ${error.message}`);
  } finally {
    db.close();
  }
});

// On a copy: what would be done, and whether every order would still be there.
function rehearse(db, migrate, schemaOf) {
  try {
    const before = contents(db);
    const done = migrate(db);
    const after = contents(db);
    say(done.length > 0 ? `Would be done: ${done.join(', ')}.` : `Nothing would be done: schema ${schemaOf(db)} already.`);
    const good = after.damage === 'ok' && after.orders === before.orders && after.cents === before.cents;
    say(`On a copy, ${after.orders} of ${before.orders} orders, ${after.cents === before.cents ? 'the same' : 'NOT THE SAME'} in sum; integrity: ${after.damage}.`);
    say('The database was not touched.');
    return good ? 0 : 1;
  } catch (error) {
    throw new Problem(`It would fail: ${error.message}. The database was not touched.`);
  } finally {
    db.close();
  }
}

function contents(db) {
  const { integrity_check: damage } = db.prepare('PRAGMA integrity_check').get();
  return { damage, ...db.prepare('SELECT count(*) AS orders, sum(total_cents) AS cents FROM orders').get() };
}
