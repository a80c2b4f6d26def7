import * as errors from '../core/userErrors.ts';
import { gitWords } from './share/gitWords.ts';
import { GitFailed, type PersonGit } from './share/personGit.ts';
import { currentBranch, pathsOf } from './share/place.ts';
import { gitFor, type ShareOptions } from './shareRecord.ts';

/** Where a push of the current branch would go, and what it would take along. */
export interface PushPlan {
  readonly branch: string;
  readonly remote: string;
  /** Branch on the remote's side. */
  readonly target: string;
  /** false: the branch follows none yet, and the push would make it follow this one. */
  readonly hasUpstream: boolean;
  /** Commits that the remote is not known to have; null when there is nothing to compare with. */
  readonly commits: number | null;
}

/**
 * Looks where the current branch goes; asks no remote. Without an upstream, it
 * is the only remote, or `origin`, under the branch's own name.
 *
 * @throws UserError without a remote, and whatever keeps a commit from being made
 */
export async function planPush(options: ShareOptions): Promise<PushPlan> {
  const git = gitFor(options);
  const branch = await currentBranch(git, pathsOf(options.folder).base);
  const config = async (key: string): Promise<string> => (await git.answer(['config', '--get', `branch.${branch}.${key}`], 1))?.trim() ?? '';
  const [remote, merge] = [await config('remote'), await config('merge')];
  // A branch that follows another one of this repository has no remote.
  if (remote !== '' && remote !== '.' && merge.startsWith('refs/heads/')) {
    return { branch, remote, target: merge.slice('refs/heads/'.length), hasUpstream: true, commits: await ahead(git) };
  }
  const remotes = (await git.run(['remote'])).split('\n').filter((name) => name !== '');
  const chosen = remotes.includes('origin') ? 'origin' : remotes[0];
  if (chosen === undefined) throw errors.noRemote();
  return { branch, remote: chosen, target: branch, hasUpstream: false, commits: null };
}

/**
 * Pushes the branch of the plan, that one only.
 * @throws UserError `remote-ahead` when the other side has commits that this one lacks, else with git's words
 */
export async function pushBranch(options: ShareOptions, plan: PushPlan): Promise<void> {
  const git = gitFor(options);
  const { branch, remote, target, hasUpstream } = plan;
  const words = ['push', '--porcelain', ...(hasUpstream ? [] : ['--set-upstream']), '--', remote, `refs/heads/${branch}:refs/heads/${target}`];
  try {
    await git.run(words);
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    const refused = /^!\t[^\t]*\t\[rejected\]/m.test(error.out);
    throw refused ? errors.remoteAhead(`${remote}/${target}`) : errors.notPushed(gitWords(error));
  }
}

/**
 * Fetches the branch of the plan and merges it. Where files outside the record
 * would conflict, nothing is touched: that is for the person to settle.
 *
 * @throws UserError with git's words; the branch and the files are as they were then
 */
export async function pullBranch(options: ShareOptions, { remote, target }: PushPlan): Promise<void> {
  const git = gitFor(options);
  try {
    if (!(await git.asks(['diff', '--cached', '--quiet']))) throw errors.pullOverStaged();
    await git.run(['fetch', '--quiet', '--no-tags', '--', remote, `refs/heads/${target}`]);
    const theirs = (await git.run(['rev-parse', '--verify', 'FETCH_HEAD'])).trim();
    // Tried apart from the files first: a merge that stops half-way is not left behind in a person's work.
    if (!(await git.asks(['merge-tree', '--write-tree', '--name-only', 'HEAD', theirs]))) throw errors.pullConflicts(`${remote}/${target}`);
    await merge(git, options, theirs, `Merge branch '${target}' of ${remote}`);
  } catch (error) {
    throw error instanceof GitFailed ? errors.notPulled(gitWords(error)) : error;
  }
}

async function merge(git: PersonGit, options: ShareOptions, theirs: string, message: string): Promise<void> {
  try {
    await git.run(['merge', '--quiet', '--no-edit', '--no-autostash', '-m', message, theirs]);
  } catch (error) {
    // A hook or a key said no after the files were merged: back to where it began.
    const { signal: _, ...unhurried } = options;
    const mending = gitFor(unhurried);
    if (await mending.asks(['rev-parse', '--verify', '--quiet', 'MERGE_HEAD'])) await mending.run(['merge', '--abort']);
    throw error;
  }
}

async function ahead(git: PersonGit): Promise<number | null> {
  const said = await git.run(['rev-list', '--count', '@{upstream}..HEAD']).catch(() => null);
  return said === null ? null : Number(said.trim());
}
