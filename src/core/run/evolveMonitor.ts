import { withItem, withItemAt } from './entries.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import type { RunState } from './state.ts';

/** More are counted and not kept in the state: only a flood has so many, and it may not stop the reader. */
const MOST = 500;

/** What is recorded of measuring. */
export type MonitorEvent = Extract<RunEventBody, { type: `monitors.${string}` | `trigger.${string}` }>;

export function isMonitorEvent(body: RunEventBody): body is MonitorEvent {
  return body.type === 'monitors.agreed' || body.type === 'monitors.stopped' || body.type === 'trigger.fired' || body.type === 'trigger.cleared';
}

export function evolveMonitor(state: RunState, event: RunEvent, body: MonitorEvent): RunState {
  switch (body.type) {
    case 'monitors.agreed':
      return { ...state, monitors: { sha256: body.sha256, by: event.actor, at: event.time } };
    case 'monitors.stopped':
      return { ...state, monitors: null };
    case 'trigger.fired': {
      if (activePlace(state, body.trigger) >= 0) return state;
      if (state.firings.length >= MOST) return { ...state, unknownEvents: state.unknownEvents + 1 };
      const { trigger, words, level, since, samples } = body;
      return { ...state, firings: withItem(state.executions, state.firings, { trigger, words, level, since, samples, at: event.time, clearedAt: null }) };
    }
    case 'trigger.cleared': {
      const place = activePlace(state, body.trigger);
      const firing = state.firings[place];
      return firing === undefined ? state : { ...state, firings: withItemAt(state.executions, state.firings, place, { ...firing, clearedAt: event.time }) };
    }
  }
}

/** Where a trigger that has fired and was not cleared stands, or -1. */
function activePlace(state: RunState, trigger: string): number {
  return state.firings.findLastIndex((firing) => firing.trigger === trigger && firing.clearedAt === null);
}
