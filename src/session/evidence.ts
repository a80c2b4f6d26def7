import * as errors from '../core/userErrors.ts';
import type { WrittenFiles } from './ports.ts';

/** One word that could be a path: no blank, no scheme, no way out of the workspace. */
const PATH = /^(?!\/|~|.*(?:^|\/)\.\.(?:\/|$))[^\s:]+$/;
/** What can hardly be meant as anything but a file. */
const CLEARLY_A_FILE = /\/[^/]+\.[A-Za-z0-9]{1,8}$/;

/**
 * A person's evidence as the record keeps it. The path of a file of the
 * workspace gets its SHA-256 and size beside it, so that anybody can tell
 * later whether it is still that file; a note or a link stays as it is.
 *
 * Throws a UserError for a path of no file: it would be kept as evidence of nothing.
 */
export async function recordedEvidence(files: WrittenFiles, words: string): Promise<string> {
  const path = words.trim();
  if (!PATH.test(path)) return path;
  const { sha256, bytes } = await files.look(path);
  if (sha256 !== null) return `${path} (SHA-256 ${sha256}, ${String(bytes)} bytes)`;
  if (CLEARLY_A_FILE.test(path)) throw errors.evidenceFileMissing(path);
  return path;
}
