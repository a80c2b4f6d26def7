import { UserError } from '../../core/userError.ts';
import { unquotablePath } from '../../core/userErrors.ts';

/** How the terminal's own shell reads a line: bash, zsh, sh, dash and fish are `posix`. */
export type TerminalSyntax = 'posix' | 'pwsh' | 'cmd';

/** Longest line that is typed, in bytes: canonical input on some systems ends at 1024, and this leaves room. */
export const LINE_LIMIT = 512;

/**
 * Keys to send before the line, so that nothing a person has half typed becomes
 * part of it (`rm -rf ` and our line would be one command): kill to the line's
 * beginning, go to its end, kill again. The first also takes the place of the
 * key that an Escape waits for; with Ctrl-E that would expand the line in bash.
 * Works in bash, dash, zsh and fish at their prompt, and does nothing on an
 * empty line.
 */
export const CLEAR_HALF_TYPED = '\x15\x05\x15';

/** Characters that mean something inside the quotes of a shell that reads the line. */
const FORBIDDEN: Readonly<Record<TerminalSyntax, RegExp>> = {
  // A backslash is special inside fish's single quotes.
  posix: /['!$`\\]/,
  pwsh: /['!$`]/,
  cmd: /["!$`%^]/,
};

/** The folder cannot be named in a line that every shell reads alike; use another root. */
export class UnquotablePathError extends UserError {
  constructor(folder: string, why: string) {
    const { code, message } = unquotablePath(folder, why);
    super(code, message);
    this.name = 'UnquotablePathError';
  }
}

/**
 * The one line that is typed into the terminal, without its Enter: it starts the
 * runner in `folder` for the block with this hash.
 *
 * `folder`: absolute path of an execution folder. `sha256`: 64 lower-case hex
 * digits. The line is printable ASCII of less than 512 bytes without `!`, `$`
 * and backquote. Throws UnquotablePathError when the folder does not allow that.
 */
export function typedLine(folder: string, sha256: string, syntax: TerminalSyntax): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new TypeError('sha256 must be 64 lower-case hexadecimal digits');
  }
  const windows = /^[A-Za-z]:\\/.test(folder);
  if (!folder.startsWith('/') && !windows) {
    throw new UnquotablePathError(folder, 'it is not absolute');
  }
  if (/[^\x20-\x7e]/.test(folder)) {
    throw new UnquotablePathError(folder, 'it contains characters beyond printable ASCII');
  }
  const special = FORBIDDEN[syntax].exec(folder);
  if (special) {
    throw new UnquotablePathError(folder, `it contains ${special[0]}`);
  }
  const line = windows ? windowsLine(folder, sha256, syntax) : posixLine(folder, sha256, syntax);
  if (line.length >= LINE_LIMIT) {
    throw new UnquotablePathError(folder, 'it is too long');
  }
  return line;
}

function posixLine(folder: string, sha256: string, syntax: TerminalSyntax): string {
  if (syntax === 'cmd') {
    throw new UnquotablePathError(folder, 'cmd.exe has no such path');
  }
  // The whole path of sh: no alias, no function and no PATH comes between. With
  // slashes to spare: a key that waits for another one (Escape) takes the first
  // character. What is left has to be no relative path, which would be a program
  // of the workspace.
  return `///bin/sh '${folder}/run' ${sha256}`;
}

function windowsLine(folder: string, sha256: string, syntax: TerminalSyntax): string {
  if (syntax === 'posix') {
    throw new UnquotablePathError(folder, 'it is a Windows path in a POSIX shell');
  }
  const quote = syntax === 'cmd' ? '"' : "'";
  return `powershell.exe -NoProfile -ExecutionPolicy Bypass -File ${quote}${folder}\\run.ps1${quote} ${sha256}`;
}
