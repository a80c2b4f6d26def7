import { DatabaseSync } from 'node:sqlite';
import { Problem, main, paths, say } from './workspace.mjs';

// Only orders without a tier are changed, so that taking it back gives exactly what there was.
const changes = {
  on: "UPDATE orders SET price_tier = 'imported' WHERE price_tier IS NULL",
  off: "UPDATE orders SET price_tier = NULL WHERE price_tier = 'imported'",
};

await main(([wanted = '']) => {
  if (!Object.hasOwn(changes, wanted)) throw new Problem('Say what: ops/fault on, or ops/fault off. Nothing was changed.');
  const db = new DatabaseSync(paths.database);
  try {
    db.exec('PRAGMA busy_timeout = 3000');
    if (!db.prepare("SELECT 1 FROM pragma_table_info('orders') WHERE name = 'price_tier'").get()) {
      throw new Problem('The schema has no tiers yet: ops/migrate up. Nothing was changed.');
    }
    const { changes: count } = db.prepare(changes[wanted]).run();
    say(wanted === 'on' ? `${count} orders have a tier now that no release knows.` : `${count} orders are as they were.`);
  } finally {
    db.close();
  }
});
