import type { Environment } from '../../runbook/setup/model.ts';
import type { PreflightCheck } from './setup.ts';
import { capitalized } from '../../view/words.ts';

/** A working tree beside its remote, as far as git knows without asking anybody. */
export interface Checkout {
  /** Null: no branch is checked out. */
  readonly branch: string | null;
  readonly commit: string | null;
  /** Changed and untracked files, records aside; null when that may not be looked at. */
  readonly changed: number | null;
  /** The branch that this one follows, for example `origin/main`; null when there is none. */
  readonly upstream: string | null;
  /** Commits that the remote does not have, and that it alone has, as of the last fetch; null when not known. */
  readonly ahead: number | null;
  readonly behind: number | null;
  /** Tags at the commit. */
  readonly tags: readonly string[];
  /** When the remote was last asked, in milliseconds since 1970; null: never, or not known. */
  readonly fetchedAt: number | null;
}

/** What the remote said longer ago than this, in milliseconds, is no longer taken for true. */
const FRESH_MS = 60 * 60 * 1000;

/**
 * What an environment expects, held against the working tree. Only what the
 * runbook asks for can fail; the remote and the tag are told in any case,
 * because the person who starts wants to know what is going to be deployed.
 *
 * @param checkout null without git or outside a repository
 * @param now milliseconds since 1970
 */
export function preflight({ branch, clean }: Environment, checkout: Checkout | null, now: number): readonly PreflightCheck[] {
  if (checkout === null) {
    return branch === null && !clean ? [] : [{ result: 'unknown', words: 'Git tells nothing of this folder, so neither branch nor changes could be checked. Look yourself before you go on.' }];
  }
  return [onBranch(branch, checkout), isClean(clean, checkout), remote(checkout, now), tag(checkout)].filter((check) => check !== null);
}

function onBranch(expected: string | null, { branch }: Checkout): PreflightCheck | null {
  if (expected === null) return null;
  if (branch === expected) return { result: 'passed', words: `On branch ${expected}, as the runbook expects.` };
  const found = branch === null ? 'No branch is checked out' : `Branch ${branch} is checked out`;
  return { result: 'failed', words: `${found}, and the runbook expects ${expected}. Check out ${expected} and start again.` };
}

function isClean(expected: boolean, { changed }: Checkout): PreflightCheck | null {
  if (!expected) return null;
  if (changed === null) return { result: 'unknown', words: 'Whether there are uncommitted changes could not be looked at. Run git status before you go on.' };
  if (changed === 0) return { result: 'passed', words: 'No uncommitted changes.' };
  return { result: 'failed', words: `${String(changed)} ${changed === 1 ? 'file has' : 'files have'} uncommitted changes. Commit or stash them and start again.` };
}

function remote({ branch, upstream, ahead, behind, fetchedAt }: Checkout, now: number): PreflightCheck | null {
  if (branch === null) return null;
  if (upstream === null) return { result: 'unknown', words: `Branch ${branch} follows no branch of a remote, so nobody can tell whether others have the same.` };
  if (ahead === null || behind === null) return { result: 'unknown', words: `How ${branch} stands to ${upstream} is not known. Run git fetch, then start again.` };
  const words = [behind > 0 ? `${commits(behind)} of ${upstream} not here yet: pull` : null, ahead > 0 ? `${commits(ahead)} not pushed to ${upstream}: push` : null].filter((each) => each !== null);
  if (words.length > 0) return { result: 'failed', words: `${capitalized(words.join('; '))} and start again.` };
  if (fetchedAt === null || now - fetchedAt > FRESH_MS) return { result: 'unknown', words: `The same as ${upstream} as of the last fetch, which was ${fetchedAt === null ? 'never' : `${age(now - fetchedAt)} ago`}. Run git fetch, then start again to be sure.` };
  return { result: 'passed', words: `The same as ${upstream}, fetched ${age(now - fetchedAt)} ago.` };
}

function tag({ commit, tags }: Checkout): PreflightCheck | null {
  if (commit === null) return { result: 'unknown', words: 'There is no commit yet.' };
  const at = `Commit ${commit.slice(0, 7)}`;
  return { result: 'passed', words: tags.length === 0 ? `${at}, which has no tag.` : `${at}, tagged ${tags.slice(0, 5).join(', ')}${tags.length > 5 ? ', …' : ''}.` };
}

function commits(count: number): string {
  return `${String(count)} ${count === 1 ? 'commit' : 'commits'}`;
}

function age(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return `${String(minutes)} min`;
  return minutes < 48 * 60 ? `${String(Math.round(minutes / 60))} h` : `${String(Math.round(minutes / 1440))} days`;
}
