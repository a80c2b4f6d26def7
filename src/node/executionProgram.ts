import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isProgramPath } from '../core/runbook/interpreter.ts';
import * as errors from '../core/userErrors.ts';
import { contains } from './executionCwd.ts';

/**
 * The program and its arguments as the runner takes them: a path of the
 * document becomes the real one, a name stays and is looked up where it runs.
 * @param words as the document has them; empty: a shell runs the block
 * @param base the workspace folder, or the runbook's own directory outside one
 * @throws UserError when the path is missing, cannot be run, or leads outside
 */
export async function executionProgram(words: readonly string[], base: string): Promise<readonly string[]> {
  const [program, ...rest] = words;
  if (program === undefined || !isProgramPath(program)) return words;
  const root = await realpath(base);
  const real = await realpath(resolve(root, program)).catch(() => null);
  if (real === null) throw errors.programMissing(program);
  if (!contains(root, real)) throw errors.programOutside(program);
  const isExecutable = await access(real, constants.X_OK).then(() => true, () => false);
  if (!isExecutable || !(await stat(real)).isFile()) throw errors.programNotExecutable(program);
  return [real, ...rest];
}
