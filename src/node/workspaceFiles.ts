import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { closedFolder } from '../core/runbook/filePath.ts';
import type { FileNow } from '../core/run/fileWrite.ts';
import * as errors from '../core/userErrors.ts';
import type { WrittenFiles } from '../session/ports.ts';
import { contains } from './executionCwd.ts';
import { NO_FOLLOW, syncFolder } from './record/safeFolder.ts';

/** Bytes of a file that are still compared and shown. */
const SHOWN = 1024 * 1024;
/** Bytes of a file that is still read to know what is replaced. */
const LARGEST = 64 * 1024 * 1024;

/** Writes files of the workspace for steps, by their real paths, whole or not at all. */
export class WorkspaceFiles implements WrittenFiles {
  readonly #base: string;
  readonly #isUnsaved: (path: string) => boolean;

  /**
   * @param base the workspace folder, or the runbook's own directory outside one
   * @param isUnsaved whether somebody edits the file with this real path and has not saved it
   */
  constructor(base: string, isUnsaved: (path: string) => boolean = () => false) {
    this.#base = base;
    this.#isUnsaved = isUnsaved;
  }

  async look(path: string): Promise<FileNow> {
    const root = await realpath(this.#base);
    const real = await this.#place(root, path);
    return { ...(await contentOf(real, path)), realPath: relative(root, real).split(sep).join('/') };
  }

  async write(path: string, text: string, before: string | null): Promise<void> {
    const root = await realpath(this.#base);
    const real = await this.#place(root, path);
    const folder = dirname(real);
    await mkdir(folder, { recursive: true });
    const part = join(folder, `.${randomBytes(6).toString('hex')}.part`);
    try {
      await writePart(part, text, await modeOf(real));
      // As late as can be: what was confirmed is the change from what was shown, in this very place.
      if ((await realpath(folder)) !== folder || (await this.#place(root, path)) !== real || (await contentOf(real, path)).sha256 !== before) throw errors.fileChanged(path);
      await rename(part, real);
    } finally {
      await unlink(part).catch(() => undefined);
    }
    // The file is there under its name. Some network folders cannot be synced, which makes it no less written.
    await syncFolder(folder).catch(() => undefined);
  }

  /** The real path that is written. Throws a UserError when it leads where no step writes. */
  async #place(root: string, path: string): Promise<string> {
    const real = await realOf(root, path);
    if (!contains(root, real) || real === root) throw errors.fileOutside(path);
    const closed = closedFolder(relative(root, real).split(sep).join('/'));
    if (closed !== null) throw errors.fileClosed(path, closed);
    if (this.#isUnsaved(real)) throw errors.fileUnsaved(path);
    return real;
  }
}

/** Links are followed as far as there is anything; the rest has to be made. */
async function realOf(root: string, path: string): Promise<string> {
  const parts = path.split('/');
  for (let known = parts.length; known > 0; known -= 1) {
    const real = await realpath(join(root, ...parts.slice(0, known))).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw errors.filePlace(path);
    });
    if (real === null) {
      if (await isLink(join(root, ...parts.slice(0, known)))) throw errors.filePlace(path);
      continue;
    }
    return join(real, ...parts.slice(known));
  }
  return join(root, path);
}

/** A link that leads nowhere: writing there would make what it names. */
async function isLink(path: string): Promise<boolean> {
  return lstat(path).then((found) => found.isSymbolicLink(), () => false);
}

async function contentOf(real: string, path: string): Promise<Omit<FileNow, 'realPath'>> {
  const found = await stat(real).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw errors.filePlace(path);
  });
  if (found === null) return { sha256: null, text: null, bytes: 0 };
  if (!found.isFile() || found.size > LARGEST) throw errors.filePlace(path);
  const bytes = await readFile(real);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), text: bytes.length > SHOWN ? null : textOf(bytes), bytes: bytes.length };
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The mode that a file keeps; null for a new one. */
async function modeOf(real: string): Promise<number | null> {
  return stat(real).then(({ mode }) => mode & 0o7777, () => null);
}

async function writePart(part: string, text: string, mode: number | null): Promise<void> {
  const handle = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW, mode === null ? 0o666 : 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (mode !== null) await chmod(part, mode);
}
