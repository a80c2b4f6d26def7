import { activeFirings } from '../monitor/activeFirings.ts';
import { type Evaluation, GAP } from '../monitor/evaluateTrigger.ts';
import type { Sample } from '../monitor/sample.ts';
import { watchedTriggers } from '../monitor/watched.ts';
import type { Monitor } from '../runbook/monitors/model.ts';
import type { MonitorsInput, ViewInput } from './input.ts';
import { triggerWords } from './triggerWords.ts';
import type { ChartView } from './viewModel.ts';
import { durationWords } from './words.ts';

/** A value with a time. */
type Point = Sample & { readonly value: number };

/** What a monitor has said, drawn beside the limits of its triggers. */
export function chartView(monitor: Monitor, { samples, evaluations }: MonitorsInput, input: ViewInput): ChartView {
  const taken = samples.get(monitor.name) ?? [];
  const points = taken.filter((sample): sample is Point => sample.value !== null);
  const last = taken.at(-1);
  const unit = monitor.unit ?? points.at(-1)?.unit ?? null;
  const fired = new Set(activeFirings(input.state).map(({ trigger }) => trigger));
  const watched = watchedTriggers(input.runbook).filter((each) => each.monitor === monitor);
  const top = Math.max(0, ...points.map(({ value }) => value), ...watched.map(({ trigger }) => trigger.value ?? 0));
  const bottom = Math.min(0, ...points.map(({ value }) => value), ...watched.map(({ trigger }) => trigger.value ?? 0));
  const height = (top - bottom) * 1.1 || 1;
  const y = (value: number): number => round((value - bottom) / height);
  const triggers = watched.map(({ key, trigger }) => ({ words: `${triggerWords(trigger)}: ${standing(evaluations.get(key), fired.has(key), input.formatTime)}`, fired: fired.has(key) }));
  const value = last?.value == null ? null : amount(last.value, unit);
  return {
    name: monitor.name,
    value,
    at: last === undefined ? null : new Date(last.at).toISOString(),
    problem: last?.problem ?? null,
    lines: pieces(points, monitor.everySeconds * 1000).map((piece) => piece.map((point): readonly [number, number] => [x(point, points), y(point.value)])),
    limits: watched.map(({ key, trigger }) => ({ y: y(trigger.value ?? 0), words: `${trigger.operator ?? ''} ${amount(trigger.value ?? 0, trigger.unit)}`, fired: fired.has(key) })),
    triggers,
    words: [`${monitor.name}: ${value ?? `no value${last?.problem == null ? '' : `, ${last.problem}`}`}`, range(points, unit), ...triggers.map(({ words }) => words)].filter((words) => words !== null).join('. '),
  };
}

function standing(evaluation: Evaluation | undefined, fired: boolean, formatTime: (iso: string) => string): string {
  if (evaluation?.kind === 'holds') return `holds since ${formatTime(new Date(evaluation.since).toISOString())}`;
  const known = evaluation === undefined ? 'not known yet' : evaluation.kind === 'not' ? 'not reached' : `not known: ${evaluation.why}`;
  return fired ? `fired, and now ${known}` : known;
}

function range(points: readonly Point[], unit: string | null): string | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return null;
  const values = points.map(({ value }) => value);
  return `Between ${amount(Math.min(...values), unit)} and ${amount(Math.max(...values), unit)} in the last ${durationWords(Math.max(0, last.at - first.at))}`;
}

/** From the first value to the last one; a clock that was set must not draw outside. */
function x(point: Point, points: readonly Point[]): number {
  const from = points[0]?.at ?? 0;
  const to = points.at(-1)?.at ?? 0;
  return to <= from ? 1 : round(Math.min(1, Math.max(0, (point.at - from) / (to - from))));
}

function pieces(points: readonly Point[], everyMs: number): readonly (readonly Point[])[] {
  const found: Point[][] = [];
  for (const point of points) {
    const piece = found.at(-1);
    const before = piece?.at(-1);
    if (piece !== undefined && before !== undefined && point.at >= before.at && point.at - before.at <= GAP * everyMs) piece.push(point);
    else found.push([point]);
  }
  return found;
}

function amount(value: number, unit: string | null): string {
  const words = String(Number(value.toPrecision(4)));
  return unit === null ? words : `${words} ${unit}`;
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
