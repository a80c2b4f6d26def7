// Fills the database with the orders of the weeks before. Run inside the laid-out folder by its own Node:
//   bin/node seed.mjs <folder>

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const orders = 36;
const [folder] = process.argv.slice(2);
const service = (file) => import(pathToFileURL(join(folder, 'service', file)).href);
const { openDatabase } = await service('database.mjs');
const { migrateTo, wantedSchema } = await service('migrate.mjs');
const { catalogue } = await service('catalogue.mjs');

const db = openDatabase(join(folder, 'var', 'orders.db'));
migrateTo(db, wantedSchema);
const insert = db.prepare('INSERT INTO orders (item, quantity, total_cents, created_at) VALUES (?, ?, ?, ?)');
const items = Object.entries(catalogue);
for (let n = 0; n < orders; n += 1) {
  const [item, cents] = items[(n * 3) % items.length];
  const quantity = [1, 4, 12, 2, 150, 6][n % 6];
  insert.run(item, quantity, cents * quantity, new Date(Date.now() - (orders - n) * 9 * 3_600_000).toISOString());
}
db.close();
