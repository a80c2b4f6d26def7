import { shownLine } from '../../report/shownText.ts';
import type { Timeline, TimelineBar, TimelinePhase } from '../../report/timeline.ts';
import type { Runbook } from '../../runbook/model.ts';
import { indexOf, isWithin } from '../../run/runbookIndex.ts';
import { counted, durationWords, limitWords } from '../words.ts';
import type { TimelineBarView, TimelineRowView, TimelineView } from './reviewView.ts';
import { tracksOf } from './timelineTracks.ts';
import { ticksOf } from './timelineTicks.ts';

/** So many things can be told apart in a drawing; a longer run shows its beginning and its end. */
const DRAWN = 600;

/** A run as it is drawn: a row for each phase, then what belongs to none. Null when nothing has a time. */
export function timelineView(timeline: Timeline, runbook: Runbook, formatTime: (iso: string) => string): TimelineView | null {
  const { startedAt, totalMs, isOpen, bars } = timeline;
  const start = Date.parse(startedAt);
  if (Number.isNaN(start) || bars.length === 0) return null;
  const iso = (ms: number): string => formatTime(new Date(start + ms).toISOString());
  const drawn = bars.length <= DRAWN ? bars : [...bars.slice(0, DRAWN / 2), ...bars.slice(-DRAWN / 2)];
  const left = bars.length - drawn.length;
  const cautions = [
    timeline.isClockUncertain ? 'The clocks of this record contradict each other, so lengths are not exact.' : null,
    left > 0 ? `${counted(left, 'thing')} in the middle ${left === 1 ? 'is' : 'are'} not drawn.` : null,
  ].filter((each) => each !== null);
  return {
    totalMs,
    words: `${durationWords(totalMs)}, from ${iso(0)} to ${iso(totalMs)}${isOpen ? '; no end is recorded' : ''}`,
    isOpen,
    caution: cautions.length === 0 ? null : cautions.join(' '),
    ticks: ticksOf(totalMs),
    rows: rowsOf(timeline, runbook, drawn.map((bar) => ({ bar, view: barView(bar, timeline, iso) }))),
    waits: timeline.waits.map(({ fromMs, toMs }) => ({ fromMs, toMs, words: `${durationWords(toMs - fromMs)} in which nothing ran, from ${iso(fromMs)}` })),
  };
}

interface Drawn {
  readonly bar: TimelineBar;
  readonly view: TimelineBarView;
}

function rowsOf({ phases }: Timeline, runbook: Runbook, drawn: readonly Drawn[]): readonly TimelineRowView[] {
  const index = indexOf(runbook);
  const taken = new Set<Drawn>();
  const rows = phases.map((phase): Omit<TimelineRowView, 'tracks'> => {
    const inside = drawn.filter((each) => each.bar.kind !== 'rollback' && each.bar.sectionId !== null && isWithin(index, each.bar.sectionId, phase.sectionId));
    for (const each of inside) taken.add(each);
    return phaseRow(phase, inside.map(({ view }) => view));
  });
  const rest = drawn.filter((each) => !taken.has(each));
  const isUndo = ({ bar }: Drawn): boolean => bar.kind === 'rollback' || (bar.kind === 'command' && bar.stepId === null);
  const other = rest.filter((each) => !isUndo(each)).map(({ view }) => view);
  const undone = rest.filter(isUndo).map(({ view }) => view);
  const all: readonly Omit<TimelineRowView, 'tracks'>[] = [
    // A rollback section in which nothing but the rollback happened has a row of its own below.
    ...rows.filter((row) => row.bars.length > 0),
    ...(other.length === 0 ? [] : [{ key: 'other', title: 'Other steps', words: '', isOverBudget: false, span: null, bars: other }]),
    ...(undone.length === 0 ? [] : [undoRow(undone)]),
  ];
  return all.map(withTracks);
}

/** What overlaps in a row is drawn on lines of its own. */
function withTracks(row: Omit<TimelineRowView, 'tracks'>): TimelineRowView {
  const tracks = tracksOf(row.bars);
  return { ...row, tracks: Math.max(0, ...tracks) + 1, bars: row.bars.map((bar, place) => ({ ...bar, track: tracks[place] ?? 0 })) };
}

function phaseRow({ sectionId, title, fromMs, toMs, budgetSeconds, isOverBudget }: TimelinePhase, bars: readonly TimelineBarView[]): Omit<TimelineRowView, 'tracks'> {
  const took = toMs === fromMs ? '' : durationWords(toMs - fromMs);
  const words = budgetSeconds === null || took === '' ? took : `${took}, ${isOverBudget ? 'over' : 'within'} ${limitWords(budgetSeconds)}`;
  return { key: sectionId, title: shownLine(title), words, isOverBudget, span: { fromMs, toMs, budgetMs: budgetSeconds === null ? null : budgetSeconds * 1000 }, bars };
}

function undoRow(bars: readonly TimelineBarView[]): Omit<TimelineRowView, 'tracks'> {
  const rollbacks = bars.filter(({ kind }) => kind === 'rollback');
  const over = rollbacks.find(({ isOverBudget }) => isOverBudget);
  const [only] = rollbacks;
  const last = over ?? only;
  const took = last === undefined ? '' : durationWords(last.toMs - last.fromMs);
  const words = rollbacks.length > 1 ? counted(rollbacks.length, 'rollback') : last?.budgetMs == null ? took : `${took}, ${last.isOverBudget ? 'over' : 'within'} ${limitWords(last.budgetMs / 1000)}`;
  const title = rollbacks.length > 0 && rollbacks.every(({ label }) => label.startsWith('Rehearsal')) ? 'Rehearsal' : 'Rollback';
  return { key: 'rollback', title, words, isOverBudget: over !== undefined, span: null, bars };
}

function barView(bar: TimelineBar, { totalMs, isOpen }: Timeline, iso: (ms: number) => string): TimelineBarView {
  // What has no end may have gone on until the last thing that is recorded.
  const until = bar.toMs ?? (isOpen ? totalMs : bar.fromMs);
  const isRunning = bar.outcome === 'running';
  return {
    kind: bar.kind,
    fromMs: bar.fromMs,
    toMs: bar.kind === 'mark' ? bar.fromMs : Math.max(bar.fromMs, until),
    outcome: isRunning ? 'unknown' : bar.outcome,
    label: shownLine(bar.label),
    words: isRunning ? 'no end is recorded' : shownLine(bar.words),
    when: iso(bar.fromMs),
    stepId: bar.stepId,
    budgetMs: bar.budgetSeconds === null ? null : bar.budgetSeconds * 1000,
    isOverBudget: bar.isOverBudget,
    track: 0,
  };
}
