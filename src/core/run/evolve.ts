import { growingMap, growingSet, settle, withEntry } from './entries.ts';
import { evolveCommand, type CommandEvent } from './evolveCommand.ts';
import { evolveDrift } from './evolveDrift.ts';
import { carryReviews, evolveReview, isReviewEvent, withDriver } from './evolveReview.ts';
import { evolveMonitor, isMonitorEvent } from './evolveMonitor.ts';
import { evolveRollback } from './evolveRollback.ts';
import { evolveStep, type StepEvent } from './evolveStep.ts';
import { carryTimes, evolveTime } from './evolveTime.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import { inOrder } from './history.ts';
import { evolveTaken, withInputs, withStatement } from './package/evolveTaken.ts';
import { setupOf } from './setup/setup.ts';
import type { RunState } from './state.ts';

/** The state of a run of which nothing is known yet. */
export const EMPTY_RUN: RunState = {
  runId: null,
  title: '',
  file: '',
  textSha256: null,
  git: null,
  setup: null,
  startedAt: null,
  startedBy: null,
  steps: new Map(),
  executions: new Map(),
  rollbacks: [],
  rehearsals: [],
  starts: 0,
  ends: 0,
  fields: new Map(),
  captured: new Map(),
  partOf: null,
  stated: new Map(),
  activeExecutionId: null,
  running: new Set(),
  begun: null,
  activeRollbackId: null,
  ended: null,
  gates: new Map(),
  noGo: null,
  drivers: new Map(),
  remarks: [],
  approvals: [],
  acknowledgedDrift: new Set(),
  rebases: [],
  soaksEnded: new Map(),
  overruns: new Map(),
  monitors: null,
  firings: [],
  unknownEvents: 0,
};

/** The state after all events of a run, whatever order they come in and however often. */
export function fold(events: Iterable<RunEvent>): RunState {
  let state: RunState = { ...EMPTY_RUN, steps: growingMap(), executions: growingMap(), fields: growingMap(), captured: growingMap(), stated: growingMap(), drivers: growingMap(), acknowledgedDrift: growingSet(), soaksEnded: growingMap(), overruns: growingMap(), running: growingSet(), rollbacks: [], rehearsals: [], rebases: [], firings: [] };
  for (const event of inOrder(events)) state = evolve(state, event);
  for (const held of [state.steps, state.executions, state.fields, state.captured, state.stated, state.drivers, state.acknowledgedDrift, state.soaksEnded, state.overruns, state.running]) settle(held);
  return state;
}

/**
 * The state after one more event. Never throws: what does not fit the state
 * (a second end of the same command, the end of a rollback that nobody began)
 * changes nothing, and an event of a type that this version does not know is
 * counted.
 */
export function evolve(state: RunState, event: RunEvent): RunState {
  const { body } = event;
  const named = state.runId === null ? { ...state, runId: event.run } : state;
  if (isReviewEvent(body)) return evolveReview(named, event, body);
  if (!isStepEvent(body) && !isCommandEvent(body) && !OTHER_EVENTS.has(body.type)) return { ...named, unknownEvents: named.unknownEvents + 1 };
  const known = withDriver(named, event);
  switch (body.type) {
    case 'run.started':
      // Of two starts (a merge of strangers) the first one stays.
      return known.startedAt !== null
        ? known
        : { ...known, partOf: body.partOf ?? null, stated: withInputs(known, body.inputs ?? [], event.time), title: body.title, file: body.file, textSha256: body.textSha256, git: body.git, setup: setupOf(body), startedAt: event.time, startedBy: event.actor };
    case 'run.ended':
      return known.ended !== null ? known : { ...known, ended: { outcome: body.outcome, reason: body.reason, at: event.time } };
    case 'field.filled':
      return { ...known, fields: withEntry(known.fields, body.name, body.value), stated: withStatement(known.stated, { name: body.name, value: body.value, kind: 'field', at: event.time, from: null }) };
    case 'values.taken':
      return evolveTaken(known, body);
    case 'drift.acknowledged':
      return carryReviews(evolveDrift(known, event, body), body);
    case 'run.rebased':
      return carryTimes(carryReviews(evolveDrift(known, event, body), body), body);
    case 'soak.endedEarly':
    case 'budget.overrun':
      return evolveTime(known, event, body);
    case 'rollback.started':
    case 'rollback.ended':
    case 'rehearsal.started':
    case 'rehearsal.ended':
      return evolveRollback(known, event, body);
    default:
      if (isMonitorEvent(body)) return evolveMonitor(known, event, body);
      if (isStepEvent(body)) return evolveStep(known, event, body);
      return isCommandEvent(body) ? evolveCommand(known, event, body) : known;
  }
}

const STEP_EVENTS: ReadonlySet<string> = new Set<StepEvent['type']>(['step.ticked', 'step.unticked', 'step.skipped', 'step.forced', 'step.reopened', 'gate.decided']);
const OTHER_EVENTS: ReadonlySet<string> = new Set<RunEventBody['type']>(['run.started', 'run.ended', 'run.rebased', 'field.filled', 'values.taken', 'drift.acknowledged', 'rollback.started', 'rollback.ended', 'rehearsal.started', 'rehearsal.ended', 'soak.endedEarly', 'budget.overrun', 'monitors.agreed', 'monitors.stopped', 'trigger.fired', 'trigger.cleared']);
const COMMAND_EVENTS: ReadonlySet<string> = new Set<CommandEvent['type']>(['command.started', 'command.stayedUp', 'command.stopRequested', 'command.ended']);

function isStepEvent(body: RunEventBody): body is StepEvent {
  return STEP_EVENTS.has(body.type);
}

function isCommandEvent(body: RunEventBody): body is CommandEvent {
  return COMMAND_EVENTS.has(body.type);
}
