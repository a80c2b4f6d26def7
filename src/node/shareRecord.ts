import * as errors from '../core/userErrors.ts';
import { gitWords } from './share/gitWords.ts';
import { GitFailed, PersonGit, type PersonGitOptions } from './share/personGit.ts';
import { assertNotIgnored, currentBranch, pathsOf } from './share/place.ts';
import { restoreEntries, stagedEntries } from './share/staged.ts';

export interface ShareOptions extends Omit<PersonGitOptions, 'base'> {
  /** The run's folder, absolute: `…/.runbooks/runs/<run id>`. */
  readonly folder: string;
  /** Whether the workspace is trusted: hooks, signing and transports run programs that the repository names. */
  readonly isTrusted: boolean;
}

/** A commit that was made. */
export interface Committed {
  readonly branch: string;
  /** Full hash. */
  readonly commit: string;
}

/** @throws UserError in Restricted Mode: hooks run programs. */
export function gitFor({ folder, isTrusted, signal, limitMs }: ShareOptions): PersonGit {
  if (!isTrusted) throw errors.shareNeedsTrust();
  return new PersonGit({ base: pathsOf(folder).base, signal, limitMs });
}

/**
 * Looks whether the record can be committed now, and what that takes along.
 * @throws UserError when it cannot, or has been
 */
export async function planCommit(options: ShareOptions): Promise<{ readonly branch: string; readonly paths: readonly string[] }> {
  const { folder } = options;
  const git = gitFor(options);
  const { base, run, attributes } = pathsOf(folder);
  const branch = await currentBranch(git, base);
  await assertNotIgnored(git, folder);
  const untracked = await git.run(['ls-files', '--others', '--exclude-standard', '-z', '--', attributes]);
  if ((await git.run(['status', '--porcelain', '-z', '--untracked-files=all', '--', run])) === '') throw errors.nothingToCommit();
  return { branch, paths: untracked === '' ? [run] : [run, attributes] };
}

/**
 * Commits the folder of a run, and the attributes of the folder of all runs
 * when git does not know them yet; nothing else. What the person has staged and
 * changed stays as it is, and when nothing comes of it, so does the index.
 *
 * @throws UserError when nothing was committed, with the words of git or of a hook
 */
export async function commitRecord(options: ShareOptions, message: string): Promise<Committed> {
  const git = gitFor(options);
  const { base } = pathsOf(options.folder);
  const { branch, paths } = await planCommit(options);
  const before = await stagedEntries(git, paths);
  const head = await headOf(git);
  try {
    await git.run(['add', '--', ...paths]);
    await git.run(['commit', '--quiet', '--only', `--message=${message}`, '--', ...paths]);
    const commit = await headOf(git);
    if (commit === null || commit === head) throw errors.notCommitted('nothing, and made no commit');
    return { branch, commit };
  } catch (error) {
    // Cancelled or not: what was put in the index for this goes out of it, if no commit was made.
    const mending = new PersonGit({ base });
    if ((await headOf(mending)) === head) await restoreEntries(mending, paths, before);
    throw error instanceof GitFailed ? refusal(error) : error;
  }
}

function refusal(error: GitFailed): Error {
  const words = gitWords(error);
  return /gpg failed to sign|failed to sign the data|failed to write commit object|signing failed/i.test(error.err) ? errors.notSigned(words) : errors.notCommitted(words);
}

/** Null before the first commit. */
async function headOf(git: PersonGit): Promise<string | null> {
  return (await git.answer(['rev-parse', '--verify', '--quiet', 'HEAD'], 1))?.trim() ?? null;
}
