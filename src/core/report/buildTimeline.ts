import type { RunEvent } from '../run/events.ts';
import { inOrder } from '../run/history.ts';
import type { Runbook } from '../runbook/model.ts';
import { statedTimes } from './statedTimes.ts';
import type { Timeline } from './timeline.ts';
import { barOf } from './timelineBars.ts';
import { busyUntil, contradictsClock } from './timelineCommands.ts';
import { phasesOf } from './timelinePhases.ts';
import { TimelineReading } from './timelineReading.ts';
import { waitsIn } from './timelineWaits.ts';

/**
 * Draws a run to scale, in time linear in its events (apart from putting them
 * in order). They may come in any order and be repeated.
 *
 * @param runbook the text that the run went by; steps that it does not have are called by their id
 */
export function timelineOf(runbook: Runbook, events: Iterable<RunEvent>): Timeline {
  const ordered = inOrder(events);
  const { startedAt, offsets, isUncertain } = statedTimes(ordered);
  const reading = new TimelineReading();
  ordered.forEach((event, place) => reading.take(event, offsets[place] ?? 0));
  const { isOpen, lastMs: totalMs } = reading;
  const bars = reading.happenings.map((happening) => barOf(happening, runbook, { isOpen, totalMs }));
  const executions = [...reading.executions.values()];
  const busy = executions.filter(({ start }) => start.background !== true).map((execution) => [execution.fromMs, busyUntil(execution)] as const);
  return {
    startedAt,
    totalMs,
    isOpen,
    isClockUncertain: isUncertain || executions.some(contradictsClock),
    phases: phasesOf(runbook, bars, totalMs),
    bars,
    waits: waitsIn(busy, totalMs),
  };
}
