import type { Checkout } from '../core/run/setup/preflight.ts';

/** What `git status` tells of a working tree. */
export type GitStatus = Omit<Checkout, 'tags' | 'fetchedAt' | 'changed'> & { readonly changed: number };

/** @param text what `git status --porcelain=v2 --branch` prints */
export function readGitStatus(text: string): GitStatus {
  const lines = text.split('\n');
  const header = (name: string): string | null => lines.find((line) => line.startsWith(`# branch.${name} `))?.slice(`# branch.${name} `.length) ?? null;
  const commit = header('oid');
  const branch = header('head');
  // Missing when the branch that is followed does not exist (any more).
  const distance = /^\+(\d+) -(\d+)$/.exec(header('ab') ?? '');
  return {
    branch: branch === '(detached)' ? null : branch,
    commit: commit === '(initial)' ? null : commit,
    changed: lines.filter((line) => line !== '' && !line.startsWith('#')).length,
    upstream: header('upstream'),
    ahead: distance === null ? null : Number(distance[1]),
    behind: distance === null ? null : Number(distance[2]),
  };
}
