// Several processes that bring the same database to its schema at the same time.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase } from '../../database.mjs';
import { migrateTo, schemaOf, wantedSchema } from '../../migrate.mjs';

const service = (file) => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../..', file)).href);
const script = `import { openDatabase } from ${service('database.mjs')};
import { migrateTo, wantedSchema } from ${service('migrate.mjs')};
console.log(migrateTo(openDatabase(process.env.FILE), wantedSchema).length);`;

test('of eight starts at once, one migrates and the others find it done', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'orders-migration-'));
  try {
    const file = join(folder, 'orders.db');
    const db = openDatabase(file);
    migrateTo(db, 1);
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { FILE: file } });
    const results = await Promise.all(Array.from({ length: 8 }, run));
    assert.deepEqual(results.map(({ stdout }) => stdout.trim()).sort(), ['0', '0', '0', '0', '0', '0', '0', '1']);
    assert.equal(schemaOf(db), wantedSchema);
    db.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
