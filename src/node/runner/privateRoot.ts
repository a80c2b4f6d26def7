import { chmod, lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { typedLine, UnquotablePathError, type TerminalSyntax } from './typedLine.ts';

/** Longest ids that a run and an execution may have; see executionFolder.ts. */
const LONGEST = 'x'.repeat(26);

/** Whether every execution folder under this root can be named in a typed line. */
function canBeTyped(root: string, syntax: TerminalSyntax): boolean {
  try {
    typedLine(join(root, LONGEST, 'x'.repeat(40)), '0'.repeat(64), syntax);
    return true;
  } catch (error) {
    if (error instanceof UnquotablePathError) {
      return false;
    }
    throw error;
  }
}

/** Makes it ours alone. False when it is, or could be, somebody else's. */
async function makePrivate(path: string): Promise<boolean> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const stat = await lstat(path);
  const uid = process.getuid?.();
  if (!stat.isDirectory() || (uid !== undefined && stat.uid !== uid)) {
    return false;
  }
  await chmod(path, 0o700);
  return true;
}

/**
 * A private folder (0700) for executions whose name can be typed safely.
 *
 * `preferred`: absolute path, usually under the extension's storage; used
 * whenever it can be quoted. Else a folder in the system's folder for temporary
 * files, the same one every time for this user, so that a later window finds a
 * running command again. Passes errors of the file system on; throws
 * UnquotablePathError when not even that folder can be named.
 */
export async function privateRoot(preferred: string, syntax: TerminalSyntax): Promise<string> {
  const fallback = join(tmpdir(), `guided-runbooks-${process.getuid?.() ?? userInfo().username}`);
  for (const root of [preferred, fallback]) {
    if (canBeTyped(root, syntax) && (await makePrivate(root))) {
      return root;
    }
  }
  // Somebody else has taken the well-known name.
  const unique = await mkdtemp(`${fallback}-`);
  if (!canBeTyped(unique, syntax)) {
    throw new UnquotablePathError(unique, 'it is the last one that could be tried');
  }
  return unique;
}
