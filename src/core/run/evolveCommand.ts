import { isRehearsal } from '../rollback/progress.ts';
import { withEntry, withEntryBeside, withItem, withoutValue, withValue } from './entries.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import { givenValues } from './knownValues.ts';
import { blankRecord, forgetDecision, recordOf, withRecord } from './evolveStep.ts';
import { withRollbackExecution } from './evolveRollback.ts';
import { expectsOf, succeeded, verdict } from './outcome.ts';
import { withStatement } from './package/evolveTaken.ts';
import { isInForeground } from './running.ts';
import type { StatedNames } from '../runbook/backups/model.ts';
import type { ExecutionState, RunState, StatedValues, StepRecord } from './state.ts';

/** What happens to one execution of one command. */
export type CommandEvent = Extract<RunEventBody, { type: `command.${string}` }>;

export function evolveCommand(state: RunState, event: RunEvent, body: CommandEvent): RunState {
  const execution = state.executions.get(body.executionId);
  if (body.type === 'command.started') return execution === undefined ? begin(state, event, body) : state;
  if (execution === undefined) return state;
  if (body.type === 'command.stayedUp') return execution.isBackground && execution.outcome === null && execution.stopRequested === 'no' && execution.upAt === null ? stayUp(state, event, execution) : state;
  if (body.type === 'command.stopRequested') {
    if (execution.outcome !== null || execution.stopRequested === 'force') return state;
    return withExecution(state, { ...execution, stopRequested: body.force ? 'force' : 'interrupt' });
  }
  // Lost is the lack of an answer: a real one that another window found takes its place.
  const answered = execution.outcome !== null && (execution.outcome.kind !== 'lost' || body.outcome.kind === 'lost');
  if (answered) return state;
  const { outcome, durationMs, environmentCarried, outputTail, output = null, expectation = null, captured } = body;
  const endedAs = { starts: state.starts, ends: state.ends + 1 };
  return end({ ...state, ends: endedAs.ends }, event, { ...execution, endedAs, outcome, endedAt: event.time, durationMs, environmentCarried, outputTail, output, expectation, ...(captured === undefined ? {} : { captured }) });
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
    startedAs: state.starts + 1,
    expects: expectsOf(body),
    isProbe: body.probe === true && owner.kind === 'step',
    attempt: body.attempt ?? null,
    ...(body.program === undefined ? {} : { program: body.program }),
    ...(body.env === undefined ? {} : { env: body.env }),
    ...(body.file === undefined ? {} : { file: body.file }),
    ...(body.capture === undefined ? {} : { capture: body.capture }),
    ...(body.backup === undefined ? {} : { backup: body.backup }),
    ...(body.states === undefined ? {} : { states: body.states, statesGiven: givenTo(state, body) }),
    isCheck: body.check === true || (body.probe === true && owner.kind === 'step'),
    isBackground: body.background === true && body.probe !== true && owner.kind === 'step',
    upAt: null,
    lane: body.lane ?? null,
    startedAt: event.time,
    startedBy: event.actor,
    stopRequested: 'no',
    outcome: null,
    endedAt: null,
    durationMs: null,
    endedAs: null,
    environmentCarried: null,
    outputTail: null,
    output: null,
    expectation: null,
  };
  const started = { ...withExecution(state, execution), starts: execution.startedAs };
  if (owner.kind === 'rollback') return withRollbackExecution(started, owner.rollbackId, executionId);
  const record = recordOf(state, owner.stepId);
  if (execution.isProbe) return withRecord(started, { ...record, probeIds: withItem(state.executions, record.probeIds, executionId), isProbedLast: true });
  // Running a step again that was done, skipped, decided or put in the background begins a new attempt.
  const isNewAttempt = record.status === 'done' || record.status === 'skipped' || record.status === 'background';
  return withRecord(forgetDecision(started, owner.stepId), {
    ...blankRecord(owner.stepId),
    status: 'running',
    at: event.time,
    by: event.actor,
    // Before the list may grow in place.
    attemptFrom: isNewAttempt ? record.executionIds.length : record.attemptFrom,
    executionIds: withItem(state.executions, record.executionIds, executionId),
    probeIds: record.probeIds,
    latest: isNewAttempt ? new Map([[body.index, executionId]]) : withEntryBeside(state.executions, record.latest, body.index, executionId),
    saidAs: record.saidAs,
  });
}

/** It stays up: the run goes on, and its step is settled for the order without being done. */
function stayUp(state: RunState, event: RunEvent, execution: ExecutionState): RunState {
  const up = withExecution(state, { ...execution, upAt: event.time });
  if (execution.owner.kind !== 'step') return up;
  const record = recordOf(up, execution.owner.stepId);
  if (record.executionIds.at(-1) !== execution.executionId || record.status !== 'running') return up;
  return withRecord(up, { ...record, at: event.time, status: 'background' });
}

function end(state: RunState, event: RunEvent, execution: ExecutionState): RunState {
  const captured = withCaptured(withExecution(state, execution), execution);
  const ended = withStated(captured, execution);
  if (execution.owner.kind === 'rollback' || execution.isProbe) return ended;
  const record = recordOf(ended, execution.owner.stepId);
  // An older execution whose end is found late does not speak for the step any more.
  if (record.executionIds.at(-1) !== execution.executionId) return ended;
  // A person has spoken since (only possible for one that had been lost).
  if (record.status === 'done' || record.status === 'skipped') return ended;
  const status = verdict(execution);
  // It was settled when it stayed up: being told to stop makes no other time of that, which a soak may count from.
  const at = { at: status === 'background' && record.status === 'background' ? record.at : event.time, by: record.by };
  if (status === 'open' && allSucceeded(ended, record, execution.count)) return withRecord(ended, { ...record, ...at, status: 'done', doneBy: 'command' });
  return withRecord(ended, { ...record, ...at, status });
}

/** What a command printed is a value from its success on; a check that is run out of its order only looks. */
function withCaptured(state: RunState, execution: ExecutionState): RunState {
  const { capture, captured } = execution;
  if (capture === undefined || captured === undefined || execution.isProbe || !succeeded(execution) || !speaks(state, execution)) return state;
  const stated = withStatement(state.stated, { name: capture, value: captured, kind: 'value', at: execution.endedAt ?? execution.startedAt, from: null });
  return { ...state, captured: withEntry(state.captured, capture, captured), stated };
}

/**
 * The values that a block states, as it is given them. One that has another
 * value by the block's own variables, or that somebody typed another one for,
 * is not known: it may have been given either.
 */
function givenTo(state: RunState, { states = {}, env = [] }: Extract<CommandEvent, { type: 'command.started' }>): StatedValues {
  const given = givenValues(state);
  const own = new Map(env.map(({ name, value }) => [name, value]));
  const valueOf = (name: string): string | null => {
    const value = given.get(name);
    const others = [own.get(name), state.fields.get(name)];
    return value === undefined || others.some((other) => other !== undefined && other !== value) ? null : value;
  };
  return valuesBy(states, valueOf);
}

/** What it says to be deployed, by the values that it was given and the one that it captured. What is rehearsed for real really deploys. */
function withStated(state: RunState, execution: ExecutionState): RunState {
  const { states, statesGiven = {}, owner, capture, captured, isProbe } = execution;
  if (states === undefined || isProbe || !succeeded(execution) || (owner.kind === 'step' && !speaks(state, execution))) return state;
  const stated = valuesBy(states, (name, what) => (name === capture ? captured : statesGiven[what]) ?? null);
  return withExecution(state, { ...execution, stated });
}

function valuesBy({ release, commit, schema }: StatedNames, valueOf: (name: string, what: keyof StatedNames) => string | null): StatedValues {
  return { ...(release === undefined ? {} : { release: valueOf(release, 'release') }), ...(commit === undefined ? {} : { commit: valueOf(commit, 'commit') }), ...(schema === undefined ? {} : { schema: valueOf(schema, 'schema') }) };
}

/** Not an older attempt whose end is found late, and no rehearsal: what is practised stays without effect on the way forward. */
function speaks(state: RunState, { owner, index, executionId }: ExecutionState): boolean {
  if (owner.kind === 'step') return recordOf(state, owner.stepId).latest.get(index) === executionId;
  return !isRehearsal(state, owner.rollbackId);
}

function allSucceeded(state: RunState, { latest }: StepRecord, count: number): boolean {
  if (latest.size < count) return false;
  for (let index = 0; index < count; index += 1) {
    const execution = state.executions.get(latest.get(index) ?? '');
    if (execution === undefined || !succeeded(execution)) return false;
  }
  return true;
}

/** Keeps what runs, and the active execution as the latest of it. */
function withExecution(state: RunState, execution: ExecutionState): RunState {
  const { executionId } = execution;
  let begun = state.executions.has(executionId) ? state.begun : { executionId, before: state.begun };
  const executions = withEntry(state.executions, executionId, execution);
  while (begun !== null && !isInForeground(executions.get(begun.executionId))) begun = begun.before;
  const running = execution.outcome === null ? withStarted(state.running, executionId) : withoutValue(state.running, executionId);
  return { ...state, executions, running, begun, activeExecutionId: begun?.executionId ?? null };
}

/** The same set when it is in there: then nothing has begun. */
function withStarted(running: ReadonlySet<string>, executionId: string): ReadonlySet<string> {
  return running.has(executionId) ? running : withValue(running, executionId);
}
