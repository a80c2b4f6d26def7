import { execFileSync } from 'node:child_process';
import type { StartedRecord } from '../../../src/node/runner/executionState.ts';
import type { Bench, Typed } from './bench.ts';
import { until } from './terminal.ts';

/** The state `running`, once it is there. */
export function running(bench: Bench, typed: Typed): Promise<StartedRecord> {
  return until(() => (typed.watcher.state.kind === 'running' ? typed.watcher.state.started : null), 10_000, () => `running; the terminal shows ${bench.terminal.output}`);
}

/** Processes of a group that are still there (zombies do not count). */
export function membersOf(group: number): readonly string[] {
  return execFileSync('ps', ['-A', '-o', 'pgid=', '-o', 'stat=', '-o', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => {
      const [pgid, stat] = line.trim().split(/\s+/);
      return Number(pgid) === group && !stat?.startsWith('Z');
    });
}

/**
 * Waits until the block's `sleep 1000` is a program of its own. A Ctrl-C that
 * comes between a shell's fork and exec is lost in any shell, runner or not,
 * and what the block has printed before says nothing about that.
 */
export async function asleep({ group }: StartedRecord): Promise<void> {
  await until(() => membersOf(group).some((line) => line.endsWith(' sleep 1000')), 10_000, () => `a sleep among ${membersOf(group).join('\n')}`);
}
