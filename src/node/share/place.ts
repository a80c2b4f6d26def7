import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as errors from '../../core/userErrors.ts';
import { gitWords } from './gitWords.ts';
import type { PersonGit } from './personGit.ts';

/** What git calls an act that is not finished, and how people call it. */
const MARKS: readonly (readonly [string, string])[] = [
  ['MERGE_HEAD', 'a merge'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
];

/** The folder that git is asked in, and the paths of a run from there as git takes them: to the letter. */
export function pathsOf(folder: string): { readonly base: string; readonly run: string; readonly attributes: string } {
  const runs = dirname(folder);
  return { base: dirname(runs), run: `:(literal)${basename(runs)}/${basename(folder)}`, attributes: ':(literal).gitattributes' };
}

/**
 * The branch that a commit would go to.
 * @throws UserError outside a repository, without a branch, or in the middle of a merge and the like
 */
export async function currentBranch(git: PersonGit, base: string): Promise<string> {
  await assertRepository(git);
  const said = await git.run(['rev-parse', ...MARKS.flatMap(([mark]) => ['--git-path', mark])]);
  const at = said.split('\n').findIndex((path) => path !== '' && existsSync(resolve(base, path)));
  const mark = MARKS[at];
  if (mark !== undefined) throw errors.inTheMiddle(mark[1]);
  const branch = await git.answer(['symbolic-ref', '--quiet', '--short', 'HEAD'], 1);
  if (branch === null) throw errors.detachedHead();
  return branch.trim();
}

async function assertRepository(git: PersonGit): Promise<void> {
  let said: string;
  try {
    said = await git.run(['rev-parse', '--is-inside-work-tree']);
  } catch (error) {
    if (error instanceof Error && error.name === 'UserError') throw error;
    const words = gitWords(error);
    throw /not a git repository/i.test(words) ? errors.noRepository() : errors.gitRefuses(words);
  }
  if (said.trim() !== 'true') throw errors.noRepository();
}

/** @throws UserError when git is told to ignore the run's folder, or a file in it: the record would be committed in part. */
export async function assertNotIgnored(git: PersonGit, folder: string): Promise<void> {
  const why = async (path: string): Promise<string> => (await git.answer(['check-ignore', '--verbose', '--', path], 1)) ?? '';
  const { run } = pathsOf(folder);
  const whole = await why(join(basename(dirname(folder)), basename(folder)));
  if (whole !== '') throw errors.recordIgnored(sourceOf(whole));
  const [some] = (await git.run(['ls-files', '--others', '--ignored', '--exclude-standard', '-z', '--', run])).split('\0');
  if (some !== undefined && some !== '') throw errors.recordIgnored(sourceOf(await why(some)));
}

/** `.gitignore, line 3 (.runbooks)`, from what `git check-ignore --verbose` prints. */
function sourceOf(said: string): string {
  const [, file, line, pattern] = /^(.*):(\d+):(.*)\t/.exec(said) ?? [];
  return file === undefined ? 'a rule of git' : `${file}, line ${String(line)} (${String(pattern)})`;
}
