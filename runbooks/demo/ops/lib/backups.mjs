// The backups in var/backups: one folder each, `<name>-<time>`, with the database, .env and a manifest.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem, checkedOutRelease, git, paths } from './workspace.mjs';

/** Makes a backup; the service may run meanwhile. @returns its folder's name and what is in it. */
export function makeBackup(name) {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name ?? '')) throw new Problem('Give the backup a name of small letters, digits and "-".');
  const madeAt = new Date().toISOString();
  const folder = `${name}-${madeAt.replace(/[-:.]/g, '')}`;
  const unfinished = join(paths.backups, `.${folder}`);
  mkdirSync(unfinished, { recursive: true });
  // Unlike a copy of the file, this is one consistent state even while orders come in.
  const db = new DatabaseSync(paths.database);
  db.prepare('VACUUM INTO ?').run(join(unfinished, 'orders.db'));
  db.close();
  copyFileSync(paths.env, join(unfinished, 'env'));
  const manifest = {
    name,
    madeAt,
    release: checkedOutRelease(),
    commit: git('rev-parse', 'HEAD'),
    sha256: sha256(join(unfinished, 'orders.db')),
    ...contents(join(unfinished, 'orders.db')),
  };
  writeFileSync(join(unfinished, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  // Only a whole backup gets its name: a half-made one can never be the newest.
  renameSync(unfinished, join(paths.backups, folder));
  return { folder, manifest };
}

/** Names with their time, oldest first. */
const stamped = /^[a-z0-9][a-z0-9-]*-\d{8}T\d{9}Z$/;

/** Removes the backup in this folder of var/backups. @returns whether there was one. @throws Problem for another name. */
export function removeBackup(folder) {
  if (!stamped.test(folder)) throw new Problem(`"${folder}" is not the name of a backup. It was not removed.`);
  const path = join(paths.backups, folder);
  const was = existsSync(path);
  rmSync(path, { recursive: true, force: true });
  return was;
}

/**
 * A backup, checked: the newest of this name, or the one of this name and time.
 * @throws Problem when there is none or it is damaged.
 */
export function goodBackup(name) {
  const isWanted = (entry) => stamped.test(entry) && (entry === name || entry.replace(/-\d{8}T\d{9}Z$/, '') === name);
  const folder = existsSync(paths.backups) ? readdirSync(paths.backups).filter(isWanted).sort().at(-1) : undefined;
  if (!folder) throw new Problem(`There is no backup "${name ?? ''}" in var/backups. Nothing was changed.`);
  const path = join(paths.backups, folder);
  const damaged = (what) => new Problem(`${what} in var/backups/${folder}. Nothing was changed. Older backups are beside it.`);
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
  } catch {
    throw damaged('The manifest is missing or damaged');
  }
  if (!existsSync(join(path, 'env'))) throw damaged('The settings are missing');
  if (!existsSync(join(path, 'orders.db'))) throw damaged('The database is missing');
  if (sha256(join(path, 'orders.db')) !== manifest.sha256) throw damaged('The database is not the one that was saved');
  const { orders } = contents(join(path, 'orders.db'));
  if (orders !== manifest.orders) throw damaged(`${orders} instead of ${manifest.orders} orders`);
  return { folder, path, manifest };
}

/** Puts a checked backup's database and .env in place, and keeps the database that was there. */
export function putBack({ path }) {
  const kept = join(paths.replaced, new Date().toISOString().replace(/[-:.]/g, ''));
  mkdirSync(kept, { recursive: true });
  // A journal that a crash left behind belongs to the old file. Beside the restored one, SQLite would play it
  // into it; so it goes where the old file goes.
  for (const suffix of ['', '-journal', '-wal', '-shm']) {
    if (existsSync(paths.database + suffix)) copyFileSync(paths.database + suffix, join(kept, `orders.db${suffix}`));
    if (suffix) rmSync(paths.database + suffix, { force: true });
  }
  for (const [from, to] of [['orders.db', paths.database], ['env', paths.env]]) {
    copyFileSync(join(path, from), `${to}.new`);
    renameSync(`${to}.new`, to);
  }
  return kept;
}

function contents(file) {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const { integrity_check: verdict } = db.prepare('PRAGMA integrity_check').get();
    if (verdict !== 'ok') throw new Problem(`SQLite finds damage in ${file}: ${verdict}`);
    const { orders } = db.prepare('SELECT count(*) AS orders FROM orders').get();
    const { schema } = db.prepare('SELECT max(id) AS schema FROM migrations').get();
    return { orders, schema };
  } finally {
    db.close();
  }
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
