import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { withLineFeeds } from './lineEnds.ts';

/** A committed file: its hash as git names it. */
interface TreeEntry {
  readonly mode: string;
  readonly hash: string;
}

const ENTRY = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s;

/** The files of a tree by path relative to the asked folder, from what `git ls-tree -r -z` prints. */
export function treeEntries(said: string): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (const line of said.split('\0')) {
    const [, mode, hash, path] = ENTRY.exec(line) ?? [];
    if (mode !== undefined && hash !== undefined && path !== undefined) entries.set(path, { mode, hash });
  }
  return entries;
}

/** Whether a folder (absolute) holds anything else than these files. Passes errors of the file system on. */
export async function differsFromTree(folder: string, entries: ReadonlyMap<string, TreeEntry>): Promise<boolean> {
  const there = await filesIn(folder);
  if (there.length !== entries.size) return true;
  for (const path of there) {
    const entry = entries.get(path.split(sep).join('/'));
    if (entry === undefined || !(await isSame(join(folder, path), entry))) return true;
  }
  return false;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

async function isSame(path: string, { mode, hash }: TreeEntry): Promise<boolean> {
  // A record has plain files only; a link or a submodule in its place is something else.
  if (!mode.startsWith('100') || !(await lstat(path)).isFile()) return false;
  const bytes = await readFile(path);
  // A checkout that made CRLF of the line ends has changed nothing that is read.
  return blobHash(bytes, hash.length) === hash || blobHash(withLineFeeds(bytes), hash.length) === hash;
}

function blobHash(bytes: Buffer, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1').update(`blob ${String(bytes.length)}\0`).update(bytes).digest('hex');
}
