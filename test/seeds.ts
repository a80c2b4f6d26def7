import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../../shared/seeds');

/** The five deployment plans that lie beside a development checkout, or none. */
export const seedFiles: readonly string[] = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((name) => /^00\d_.*\.txt$/.test(name)).sort().map((name) => join(FOLDER, name))
  : [];

/** Says in a test's title why it is skipped. */
export const seedsMissing = seedFiles.length === 0 ? ' (skipped: ../shared/seeds is not beside this checkout)' : '';

/** @returns the text of the plan whose name begins with `prefix` */
export function seed(prefix: string): string {
  const file = seedFiles.find((path) => path.includes(`/${prefix}_`));
  if (file === undefined) throw new Error(`no seed document ${prefix}`);
  return readFileSync(file, 'utf8');
}
