import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { CLEAR_HALF_TYPED } from './typedLine.ts';

/** Ctrl-C: gives up a command of which only the first lines have been entered. */
const INTERRUPT = '\x03';

/**
 * So long nothing is typed after it, in milliseconds: the terminal throws away
 * what it holds when it interrupts, which would take our line along (dash).
 */
const INTERRUPT_MS = 100;

/**
 * Empties a shell's prompt, with the continued lines of a command that a person
 * has begun (an open quote, a loop): our line would become part of it.
 *
 * The interrupt is sent only while the shell itself is in the foreground of its
 * terminal: a program that a person runs there must not be ended by it.
 *
 * @param shell process id of the terminal's shell; undefined when it is not known
 * @param send types keys as they are
 */
export async function clearPrompt(shell: number | undefined, send: (keys: string) => void): Promise<void> {
  if (shell !== undefined && (await isInForeground(shell))) {
    send(INTERRUPT);
    await pause(INTERRUPT_MS);
  }
  send(CLEAR_HALF_TYPED);
}

/** Whether a process is of the group in its terminal's foreground; false when this system does not tell. */
export async function isInForeground(pid: number): Promise<boolean> {
  const [group, foreground] = (await (process.platform === 'linux' ? linuxGroups(pid) : psGroups(pid))).map(Number);
  return group !== undefined && foreground !== undefined && group > 0 && group === foreground;
}

/** Own process group and that in the foreground; empty when there is no such process. */
async function linuxGroups(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // Fields are counted from behind the name in parentheses, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [fields[2] ?? '', fields[5] ?? ''];
}

function psGroups(pid: number): Promise<readonly string[]> {
  if (process.platform === 'win32') return Promise.resolve([]);
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'pgid=', '-o', 'tpgid=', '-p', String(pid)], { timeout: 2000 }, (error, stdout) => resolve(error ? [] : stdout.trim().split(/\s+/)));
  });
}
