import type { RunEvent, RunEventBody } from '../run/events.ts';
import { type Execution, endExecution, endOf } from './timelineCommands.ts';
import { type Mark, markOf } from './timelineMarks.ts';

type RollbackStarted = Extract<RunEventBody, { type: 'rollback.started' | 'rehearsal.started' }>;
type RollbackEnded = Extract<RunEventBody, { type: 'rollback.ended' | 'rehearsal.ended' }>;

/** A rollback as a whole; times are milliseconds since the start of the run. */
export interface RollbackSpan {
  readonly start: RollbackStarted;
  readonly fromMs: number;
  end: { readonly outcome: RollbackEnded['outcome']; readonly atMs: number } | null;
}

/** Something that the timeline shows, in the order in which it began. */
export type Happening =
  | { readonly kind: 'command'; readonly execution: Execution }
  | { readonly kind: 'rollback'; readonly rollback: RollbackSpan }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly atMs: number };

/** Takes the events of a run one by one. */
export class TimelineReading {
  readonly happenings: Happening[] = [];
  readonly executions = new Map<string, Execution>();
  readonly #rollbacks = new Map<string, RollbackSpan>();
  readonly #attempts = new Map<string, number>();
  #endedMs: number | null = null;
  #lastMs = 0;

  /** No end of the run has been read. */
  get isOpen(): boolean {
    return this.#endedMs === null;
  }

  /** The last time that belongs to the run, in milliseconds since its start. */
  get lastMs(): number {
    let last = this.#endedMs ?? this.#lastMs;
    for (const happening of this.happenings) last = Math.max(last, lastOf(happening));
    return last;
  }

  /** @param atMs when it happened, milliseconds since the start of the run */
  take(event: RunEvent, atMs: number): void {
    const { body } = event;
    this.#lastMs = Math.max(this.#lastMs, atMs);
    switch (body.type) {
      case 'run.ended':
        this.#endedMs ??= atMs;
        return;
      case 'command.started':
        this.#start(body, atMs);
        return;
      case 'command.stayedUp': {
        const execution = this.executions.get(body.executionId);
        if (execution?.start.background === true && execution.end === null) execution.isUp = true;
        return;
      }
      case 'command.stopRequested': {
        const execution = this.executions.get(body.executionId);
        if (execution !== undefined && execution.end === null) execution.isStopRequested = true;
        return;
      }
      case 'command.ended': {
        const execution = this.executions.get(body.executionId);
        if (execution !== undefined) endExecution(execution, body, atMs);
        return;
      }
      case 'rollback.started':
      case 'rehearsal.started': {
        if (this.#rollbacks.has(body.rollbackId)) return;
        const rollback: RollbackSpan = { start: body, fromMs: atMs, end: null };
        this.#rollbacks.set(body.rollbackId, rollback);
        this.happenings.push({ kind: 'rollback', rollback });
        return;
      }
      case 'rollback.ended':
      case 'rehearsal.ended': {
        const rollback = this.#rollbacks.get(body.rollbackId);
        if (rollback !== undefined) rollback.end ??= { outcome: body.outcome, atMs: Math.max(rollback.fromMs, atMs) };
        return;
      }
      default: {
        const mark = markOf(event);
        if (mark !== null) this.happenings.push({ kind: 'mark', mark, atMs });
      }
    }
  }

  #start(start: Execution['start'], fromMs: number): void {
    if (this.executions.has(start.executionId)) return;
    const command = JSON.stringify([start.owner, start.index]);
    const attempt = (this.#attempts.get(command) ?? 0) + 1;
    this.#attempts.set(command, attempt);
    const execution: Execution = { start, fromMs, attempt, isStopRequested: false, isUp: false, end: null };
    this.executions.set(start.executionId, execution);
    this.happenings.push({ kind: 'command', execution });
  }
}

function lastOf(happening: Happening): number {
  switch (happening.kind) {
    case 'command':
      return endOf(happening.execution) ?? happening.execution.fromMs;
    case 'rollback':
      return happening.rollback.end?.atMs ?? happening.rollback.fromMs;
    case 'mark':
      return happening.atMs;
  }
}
