import type { PersonGit } from './personGit.ts';

/** What the index holds of some paths: mode, hash and stage by path from the folder that git is asked in. */
export type StagedEntries = ReadonlyMap<string, string>;

export async function stagedEntries(git: PersonGit, paths: readonly string[]): Promise<StagedEntries> {
  const entries = new Map<string, string>();
  // Paths from the top of the repository, as `update-index` wants them from there.
  for (const line of (await git.run(['ls-files', '--full-name', '--stage', '-z', '--', ...paths])).split('\0')) {
    const at = line.indexOf('\t');
    if (at > 0) entries.set(line.slice(at + 1), line.slice(0, at));
  }
  return entries;
}

/** Makes the index hold of these paths what it held before, and nothing else of them. */
export async function restoreEntries(git: PersonGit, paths: readonly string[], before: StagedEntries): Promise<void> {
  const now = await stagedEntries(git, paths);
  const lines: string[] = [];
  for (const [path, entry] of now) if (!before.has(path)) lines.push(`0 ${entry.split(' ')[1]?.replaceAll(/./g, '0') ?? ''}\t${path}`);
  for (const [path, entry] of before) if (now.get(path) !== entry) lines.push(`${entry}\t${path}`);
  if (lines.length > 0) await git.run(['update-index', '-z', '--index-info'], `${lines.join('\0')}\0`);
}
