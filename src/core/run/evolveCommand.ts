import { withEntry } from './entries.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import { blankRecord, forgetDecision, recordOf, withRecord } from './evolveStep.ts';
import { expectsOf, succeeded, verdict } from './outcome.ts';
import type { ExecutionState, RollbackState, RunState, StepRecord } from './state.ts';

/** What happens to one execution of one command. */
export type CommandEvent = Extract<RunEventBody, { type: `command.${string}` }>;

export function evolveCommand(state: RunState, event: RunEvent, body: CommandEvent): RunState {
  const execution = state.executions.get(body.executionId);
  if (body.type === 'command.started') return execution === undefined ? begin(state, event, body) : state;
  if (execution === undefined) return state;
  if (body.type === 'command.stopRequested') {
    if (execution.outcome !== null || execution.stopRequested === 'force') return state;
    return withExecution(state, { ...execution, stopRequested: body.force ? 'force' : 'interrupt' });
  }
  // Lost is the lack of an answer: a real one that another window found takes its place.
  const answered = execution.outcome !== null && (execution.outcome.kind !== 'lost' || body.outcome.kind === 'lost');
  if (answered) return state;
  const { outcome, durationMs, environmentCarried, outputTail, output = null, expectation = null } = body;
  return end(state, event, { ...execution, outcome, endedAt: event.time, durationMs, environmentCarried, outputTail, output, expectation });
}

function begin(state: RunState, event: RunEvent, body: Extract<CommandEvent, { type: 'command.started' }>): RunState {
  const { executionId, owner } = body;
  const execution: ExecutionState = {
    executionId,
    owner,
    index: body.index,
    count: body.count,
    sha256: body.sha256,
    text: body.text,
    source: body.source,
    shell: body.shell,
    acknowledged: body.acknowledged,
    expects: expectsOf(body),
    startedAt: event.time,
    startedBy: event.actor,
    stopRequested: 'no',
    outcome: null,
    endedAt: null,
    durationMs: null,
    environmentCarried: null,
    outputTail: null,
    output: null,
    expectation: null,
  };
  const started = withExecution(state, execution);
  if (owner.kind === 'rollback') {
    const isOwner = ({ rollbackId }: RollbackState): boolean => rollbackId === owner.rollbackId;
    return { ...started, rollbacks: state.rollbacks.map((each) => (isOwner(each) ? { ...each, executionIds: [...each.executionIds, executionId] } : each)) };
  }
  const record = recordOf(state, owner.stepId);
  // Running a step again that was done, skipped or decided begins a new attempt.
  const attemptFrom = record.status === 'done' || record.status === 'skipped' ? record.executionIds.length : record.attemptFrom;
  return withRecord(forgetDecision(started, owner.stepId), {
    ...blankRecord(owner.stepId),
    status: 'running',
    at: event.time,
    by: event.actor,
    executionIds: [...record.executionIds, executionId],
    attemptFrom,
  });
}

function end(state: RunState, event: RunEvent, execution: ExecutionState): RunState {
  const ended = withExecution(state, execution);
  if (execution.owner.kind === 'rollback') return ended;
  const record = recordOf(ended, execution.owner.stepId);
  // An older execution whose end is found late does not speak for the step any more.
  if (record.executionIds.at(-1) !== execution.executionId) return ended;
  // A person has spoken since (only possible for one that had been lost).
  if (record.status === 'done' || record.status === 'skipped') return ended;
  const at = { at: event.time, by: record.by };
  const status = verdict(execution);
  if (status === 'open' && allSucceeded(ended, record, execution.count)) return withRecord(ended, { ...record, ...at, status: 'done', doneBy: 'command' });
  return withRecord(ended, { ...record, ...at, status });
}

function allSucceeded(state: RunState, record: StepRecord, count: number): boolean {
  const latest = new Map<number, boolean>();
  for (const id of record.executionIds.slice(record.attemptFrom)) {
    const execution = state.executions.get(id);
    if (execution !== undefined && execution.index < count) latest.set(execution.index, succeeded(execution));
  }
  return latest.size >= count && [...latest.values()].every(Boolean);
}

/** Keeps the active execution the latest one without an end. */
function withExecution(state: RunState, execution: ExecutionState): RunState {
  const { executionId } = execution;
  let begun = state.executions.has(executionId) ? state.begun : { executionId, before: state.begun };
  const executions = withEntry(state.executions, executionId, execution);
  while (begun !== null && executions.get(begun.executionId)?.outcome !== null) begun = begun.before;
  return { ...state, executions, begun, activeExecutionId: begun?.executionId ?? null };
}
