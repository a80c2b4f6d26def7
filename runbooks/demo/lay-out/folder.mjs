// The folder to lay out into. Nothing that somebody else made is ever written over.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const mark = 'var/laid-out-by-guided-runbooks-demo';

/**
 * @param {string | undefined} wanted a folder that is missing, empty, or (with `force`) of our own making;
 *   undefined for a new one in the system's temporary folder
 * @returns its absolute path, empty but for the mark
 */
export function emptyFolder(wanted, force) {
  if (wanted === undefined) return marked(mkdtempSync(join(tmpdir(), 'orders-demo-')));
  const folder = resolve(wanted);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) clear(folder, force);
  return marked(folder);
}

function clear(folder, force) {
  if (!existsSync(join(folder, mark))) throw new Error(`${folder} is not empty, and not a demo. Choose another folder.`);
  if (!force) throw new Error(`${folder} holds a demo already. To lay it out anew, and lose its orders and run records: --force`);
  // A folder whose laying out was interrupted may have neither.
  const stop = join(folder, 'ops/stop');
  if (existsSync(stop) && existsSync(join(folder, 'bin/node'))) execFileSync(stop, { stdio: 'pipe' });
  for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
}

function marked(folder) {
  mkdirSync(join(folder, 'var'));
  writeFileSync(join(folder, mark), '');
  // One spelling everywhere, also where the temporary folder is a symbolic link.
  return realpathSync(folder);
}
