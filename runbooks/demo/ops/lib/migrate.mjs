import { Problem, main, paths, say } from './workspace.mjs';

await main(async ([direction, number]) => {
  // The release brings its own migrations, so they come from what is checked out.
  const { migrateTo, schemaOf, wantedSchema } = await import('../../service/migrate.mjs');
  const { openDatabase } = await import('../../service/database.mjs');
  const target = direction === 'up' ? wantedSchema : Number(direction === 'to' ? number : NaN);
  if (!Number.isInteger(target) || target < 1) throw new Problem('Say where to: ops/migrate up, or ops/migrate to 1.');
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
