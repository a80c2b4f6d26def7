import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../core/userError.ts';
import * as errors from '../core/userErrors.ts';

/** Larger files are refused: no runbook is that long, and reading it would stall the editor. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/**
 * Reads a Markdown file as text. UTF-8 is expected; a file with a UTF-16 byte
 * order mark is read as that. Bytes that are not valid become U+FFFD, which the
 * parser reports.
 * @throws UserError when the file is missing, unreadable, no file or too large
 */
export function readRunbookFile(path: string): string {
  try {
    const facts = statSync(path);
    if (facts.isDirectory()) throw errors.folderNotFile(path);
    if (facts.size > MAX_FILE_BYTES) {
      throw errors.fileTooLarge(path, megabytes(facts.size), megabytes(MAX_FILE_BYTES));
    }
    return decode(readFileSync(path));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw errors.fileUnreadable(path, reason(error));
  }
}

/** @returns the text of a file's bytes */
export function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function megabytes(size: number): string {
  return (size / 1024 / 1024).toFixed(size < 10 * 1024 * 1024 ? 1 : 0);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
