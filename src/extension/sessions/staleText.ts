import type { Diagnostic, Runbook } from '../../core/runbook/model.ts';
import type { SessionCommand } from '../../session/api.ts';

/** What a person may do while the text cannot be read: it stops, takes back, or writes down what they did themselves. */
const SAFE: ReadonlySet<SessionCommand['type']> = new Set(['pause', 'endRun', 'abandonRun', 'takeOver', 'stopMonitors', 'planRollback', 'confirmRollback', 'stopRollback', 'retryRollback', 'abandonRollback', 'closeRollback']);
const RUNNING: ReadonlySet<string> = new Set(['run', 'retry']);

/**
 * Why an edited text is not taken: its front matter, which guards a start and
 * says how commands run, can no longer be read. Null when it can, or when it
 * could not be read before either.
 */
export function unreadable(before: Runbook, after: Runbook): Diagnostic | null {
  const problem = problemOf(after);
  return problem === null || problemOf(before) !== null ? null : problem;
}

/** Whether a command may be done by what was last read. */
export function isSafeWhenStale(command: SessionCommand): boolean {
  return command.type === 'step' ? !RUNNING.has(command.action) : SAFE.has(command.type);
}

function problemOf({ diagnostics }: Runbook): Diagnostic | null {
  return diagnostics.find(({ code }) => code === 'front-matter-syntax') ?? null;
}
