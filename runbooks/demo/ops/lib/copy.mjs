// Work on a copy of the instance's database, which is gone afterwards.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { paths } from './workspace.mjs';

/** One consistent state of a database, even while orders come in. */
export function copyDatabase(from, to) {
  const db = new DatabaseSync(from);
  try {
    db.exec('PRAGMA busy_timeout = 3000');
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

/** @param {(file: string) => T | Promise<T>} work what is done with the copy's file. @returns what that returns. */
export async function onCopy(work) {
  const folder = mkdtempSync(join(paths.state, 'copy-'));
  try {
    const file = join(folder, 'orders.db');
    copyDatabase(paths.database, file);
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
