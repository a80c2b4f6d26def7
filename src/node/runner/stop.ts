import type { StartedRecord } from './executionState.ts';
import { livenessOf } from './processes.ts';

/**
 * `interrupt`: what Ctrl-C does. `terminate`: TERM, and KILL two seconds later,
 * by the runner's watcher, which also writes the status. `kill`: at once, runner
 * and all; the end is then *lost* and never a code.
 */
export type StopLevel = 'interrupt' | 'terminate' | 'kill';

/** `unreachable`: it lives (or may) where signals from here do not reach it; Ctrl-C in the terminal does. */
export type StopAnswer = 'sent' | 'gone' | 'unreachable';

function send(target: number, signal: NodeJS.Signals): StopAnswer {
  try {
    process.kill(target, signal);
    return 'sent';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'gone' : 'unreachable';
  }
}

/**
 * Asks a running block to end. The process is checked to be the one that was
 * started before anything is sent. Never throws.
 */
export async function stopExecution(started: StartedRecord, level: StopLevel): Promise<StopAnswer> {
  const liveness = await livenessOf(started);
  if (liveness !== 'alive') {
    return liveness === 'gone' ? 'gone' : 'unreachable';
  }
  if (process.platform === 'win32') {
    // No signals, and no way to be sure that it is the same process.
    return 'unreachable';
  }
  if (started.group !== started.pid) {
    // The terminal's shell shares the group: only the watcher may be told.
    return level === 'terminate' ? send(started.watcher, 'SIGTERM') : 'unreachable';
  }
  switch (level) {
    case 'interrupt':
      return send(-started.group, 'SIGINT');
    case 'terminate': {
      const answer = send(-started.group, 'SIGTERM');
      // A suspended group (Ctrl-Z) takes signals once it goes on.
      send(-started.group, 'SIGCONT');
      return answer;
    }
    case 'kill':
      return send(-started.group, 'SIGKILL');
  }
}
