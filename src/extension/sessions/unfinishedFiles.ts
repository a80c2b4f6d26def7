import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { contains } from '../../node/executionCwd.ts';

/** Only so many runs are looked at, newest first: this happens while a window opens. */
const NEWEST = 20;
/** A longer record is left to be opened by hand, in bytes. */
const SIZE_LIMIT = 8 * 1024 * 1024;

/**
 * Runbook files whose latest runs have no end in their record. A quick look at
 * the lines, without reading the runs: the session decides what it means.
 *
 * @param runs the folder of recorded runs
 * @param base the workspace folder; files outside it are left out
 */
export async function unfinishedFiles(runs: string, base: string): Promise<readonly string[]> {
  const ids = await readdir(runs).catch(() => []);
  const files = new Set<string>();
  for (const id of ids.sort().slice(-NEWEST).reverse()) {
    const file = await unfinishedFile(join(runs, id));
    const path = file === undefined ? undefined : await realpath(resolve(base, file)).catch(() => undefined);
    if (path !== undefined && contains(await realpath(base), path)) files.add(path);
  }
  return [...files];
}

async function unfinishedFile(run: string): Promise<string | undefined> {
  const names = await readdir(run).catch(() => []);
  let file: string | undefined;
  for (const name of names.filter((each) => each.endsWith('.jsonl'))) {
    const path = join(run, name);
    // A link could lead to a device that never ends.
    const stat = await lstat(path);
    if (!stat.isFile()) continue;
    if (stat.size > SIZE_LIMIT) return undefined;
    const text = await readFile(path, 'utf8');
    if (text.includes('"type":"run.ended"')) return undefined;
    file ??= fileOf(text);
  }
  return file;
}

function fileOf(text: string): string | undefined {
  const line = text.split('\n').find((each) => each.includes('"type":"run.started"'));
  try {
    const { body } = JSON.parse(line ?? '{}') as { readonly body?: { readonly file?: unknown } };
    return typeof body?.file === 'string' ? body.file : undefined;
  } catch {
    return undefined;
  }
}
