// Opens the embedded database. One file, no server to install.

import { DatabaseSync } from 'node:sqlite';

export function openDatabase(path) {
  const db = new DatabaseSync(path);
  // A backup or a migration may hold the file for a moment: wait for it instead of failing a request. Longer than
  // in the releases before, for a hundred starts at once wait for each other.
  db.exec('PRAGMA busy_timeout = 20000');
  return db;
}
