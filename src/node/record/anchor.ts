import type { Anchor } from '../../core/record/integrity.ts';
import { askingGit } from '../gitClient.ts';
import { differsFromTree, treeEntries } from './committedFiles.ts';

export interface AnchorOptions {
  /**
   * Whether the folder is trusted. Verifying a signature runs the program that
   * the repository's configuration names, so without trust no signer is told.
   */
  readonly isTrusted: boolean;
  /** Longest time for one question to git, in milliseconds. */
  readonly limitMs?: number;
}

const LIMIT_MS = 5000;

/**
 * What git says of a run's folder (absolute, may be missing): the last commit
 * that changed it, and whether its files, staged or not, are still those.
 * Looks at the bytes itself, since git's own look can run filters that the
 * repository names. Never throws: what is not known is `unknown`.
 */
export async function anchorOf(folder: string, { isTrusted, limitMs = LIMIT_MS }: AnchorOptions): Promise<Anchor> {
  const ask = (...question: readonly string[]): Promise<string> => askingGit(folder, limitMs).raw([...question]);
  try {
    if ((await ask('rev-parse', '--is-inside-work-tree')).trim() !== 'true') return { kind: 'unknown' };
    const hasCommit = await ask('rev-parse', '--verify', '--quiet', 'HEAD').then(
      (said) => said.trim() !== '',
      () => false,
    );
    if (!hasCommit) return { kind: 'notCommitted' };
    const [commit = '', time = ''] = (await ask('log', '-1', '--no-show-signature', '--format=%H%x00%cI', 'HEAD', '--', '.')).trim().split('\0');
    if (commit === '') return { kind: 'notCommitted' };
    const entries = treeEntries(await ask('ls-tree', '-r', '-z', commit, '--', '.'));
    if (entries.size === 0) return { kind: 'notCommitted' };
    const staged = await ask('diff-index', '--cached', '--raw', '--no-ext-diff', '--no-textconv', commit, '--', '.');
    if (staged.trim() !== '' || (await differsFromTree(folder, entries))) return { kind: 'changedSince', commit, time };
    return { kind: 'unchangedSince', commit, time, signedBy: isTrusted ? await signerOf(ask, commit) : null };
  } catch {
    return { kind: 'unknown' };
  }
}

/** Only a good signature of a key that is known counts. */
async function signerOf(ask: (...question: readonly string[]) => Promise<string>, commit: string): Promise<string | null> {
  const [verdict, signer = ''] = (await ask('log', '-1', '--no-show-signature', '--format=%G?%x00%GS', commit).catch(() => '')).trim().split('\0');
  return verdict === 'G' && signer !== '' ? signer : null;
}
