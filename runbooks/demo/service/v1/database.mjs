// Opens the embedded database. One file, no server to install.

import { DatabaseSync } from 'node:sqlite';

export function openDatabase(path) {
  const db = new DatabaseSync(path);
  // A backup or a migration may hold the file for a moment: wait for it instead of failing a request.
  db.exec('PRAGMA busy_timeout = 3000');
  return db;
}
