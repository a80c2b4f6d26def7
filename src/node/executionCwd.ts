import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import * as errors from '../core/userErrors.ts';

/**
 * The real directory that a `cwd=` of the document means; null for none.
 * @param written as the document has it, relative to `base`
 * @param base the workspace folder, or the runbook's own directory outside one
 * @throws UserError when it is missing, no directory, or leads outside
 */
export async function executionCwd(written: string | null, base: string): Promise<string | null> {
  if (written === null) return null;
  const root = await realpath(base);
  const real = await realpath(resolve(root, written)).catch(() => null);
  if (real === null) throw errors.cwdMissing(written);
  if (!contains(root, real)) throw errors.cwdOutside(written);
  if (!(await stat(real)).isDirectory()) throw errors.cwdNotDirectory(written);
  return real;
}

/** Whether `path` is `root` or lies in it. Both are real, absolute paths. */
export function contains(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
