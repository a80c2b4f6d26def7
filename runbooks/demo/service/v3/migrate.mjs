// Moves the database between schema versions, and keeps the account of it in the table `migrations`.
//
// Each row holds the SQL that takes its migration back. So the old release can undo what the new one did, and
// a code rollback does not depend on which of the two is checked out at that moment.
//
// Any number of processes may do this at the same time. Taking the database's lock for writing comes first, and
// what is left to be done is looked at behind it: one of them does the work, the others find it done.

import { migrations } from './migrations/index.mjs';

/** The schema version that this release is written for. */
export const wantedSchema = migrations.at(-1).id;

/** The schema version of the database; 0 when nothing was ever applied. */
export function schemaOf(db) {
  const ledger = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").get();
  return ledger ? (db.prepare('SELECT max(id) AS id FROM migrations').get().id ?? 0) : 0;
}

/**
 * Applies or takes back migrations until the schema is `target`.
 * @returns what was done, one line each; nothing when the schema was there already.
 * @throws when the target is newer than this release knows. Each migration is one transaction.
 */
export function migrateTo(db, target) {
  if (target > wantedSchema && target !== schemaOf(db)) {
    throw new Error(`${target} is newer than this release, which knows schema ${wantedSchema}. Check out the release that brings it.`);
  }
  db.exec(`CREATE TABLE IF NOT EXISTS migrations (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, down TEXT NOT NULL, applied_at TEXT NOT NULL)`);
  const done = [];
  for (const migration of migrations.filter(({ id }) => id > schemaOf(db) && id <= target)) {
    inTransaction(db, () => {
      if (schemaOf(db) >= migration.id) return;
      db.exec(migration.up);
      db.prepare('INSERT INTO migrations VALUES (?, ?, ?, ?)').run(migration.id, migration.name, migration.down, new Date().toISOString());
      done.push(`applied ${migration.id} (${migration.name})`);
    });
  }
  for (const { id } of db.prepare('SELECT id FROM migrations WHERE id > ? ORDER BY id DESC').all(target)) {
    inTransaction(db, () => {
      const applied = db.prepare('SELECT name, down FROM migrations WHERE id = ?').get(id);
      if (applied === undefined) return;
      db.exec(applied.down);
      db.prepare('DELETE FROM migrations WHERE id = ?').run(id);
      done.push(`took back ${id} (${applied.name})`);
    });
  }
  return done;
}

function inTransaction(db, work) {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
