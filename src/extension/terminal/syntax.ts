import { basename } from 'node:path';
import type { Terminal } from 'vscode';
import type { TerminalSyntax } from '../../node/runner/typedLine.ts';

/**
 * The names of terminals' shells as they were when first asked about. What the
 * editor says of a terminal later may be the name of a program that runs in it:
 * while our runner runs, that is `sh`.
 */
const known = new WeakMap<Terminal, string>();

/**
 * The name of a terminal's shell without path and suffix, as far as it is
 * known: `bash`, `dash`, `pwsh`. To be asked for the first time while nothing
 * runs in the terminal.
 */
export function shellName(terminal: Terminal, shellPath: string): string {
  const name = known.get(terminal) ?? terminal.state.shell ?? basename(shellPath.replaceAll('\\', '/')).replace(/\.exe$/i, '');
  known.set(terminal, name);
  return name;
}

/** Whether the editor has a shell integration for it, so that waiting for one makes sense. */
export function mayIntegrate(shell: string): boolean {
  return !/^(sh|dash|ash|busybox|ksh|mksh|csh|tcsh|cmd)$/i.test(shell);
}

/**
 * How the shell of a terminal reads the line that is typed into it. Outside
 * Windows every shell reads our line alike, PowerShell included.
 */
export function syntaxOf(terminal: Terminal, shellPath: string, platform: NodeJS.Platform = process.platform): TerminalSyntax {
  const named = shellName(terminal, shellPath);
  if (/^(pwsh|powershell)/i.test(named)) return 'pwsh';
  if (platform !== 'win32') return 'posix';
  return /^(bash|zsh|fish|sh|gitbash|wsl)/i.test(named) ? 'posix' : 'cmd';
}
