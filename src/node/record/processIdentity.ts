import { readFileSync } from 'node:fs';
import { codeOf } from './failure.ts';

/** A process, told apart from a later one with the same number where the system tells when it began. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Linux: start in clock ticks and boot; null elsewhere. */
  readonly start: string | null;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, start: startOf(process.pid) };
}

/** Whether that process still lives. Errs towards yes. */
export function isAlive({ pid, start }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return start === null || startOf(pid) === start;
}

function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // Fields are counted from behind the name in parentheses, which may hold anything.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return ticks === undefined ? null : `${ticks}@${boot}`;
  } catch {
    return null;
  }
}
