import type { RunComparison, RunSide, StepComparison, StepSide } from './comparison.ts';
import type { ReportStep, RunReport } from './report.ts';

interface Placed {
  readonly section: string;
  readonly step: ReportStep;
}

/** Sets two runs side by side, step by step; steps are the same when their ids are. */
export function compareRuns(left: RunReport, right: RunReport): RunComparison {
  const [ours, theirs] = [stepsOf(left), stepsOf(right)];
  const steps = mergedIds([...ours.keys()], [...theirs.keys()]).flatMap((id): readonly StepComparison[] => compareStep(id, ours.get(id), theirs.get(id)));
  const both = steps.filter((step) => step.left !== null && step.right !== null);
  return {
    formatVersion: 1,
    left: sideOf(left),
    right: sideOf(right),
    differenceMs: difference(left.durationMs, right.durationMs),
    steps,
    totals: {
      inBoth: both.length,
      onlyLeft: steps.filter((step) => step.right === null).length,
      onlyRight: steps.filter((step) => step.left === null).length,
      changed: both.filter(({ isChanged }) => isChanged).length,
      otherOutcome: both.filter(({ isOtherOutcome }) => isOtherOutcome).length,
    },
  };
}

function stepsOf({ sections, strays }: RunReport): ReadonlyMap<string, Placed> {
  const placed = sections.flatMap(({ title, steps }) => steps.map((step) => [step.id, { section: title, step }] as const));
  return new Map([...placed, ...strays.map((step) => [step.id, { section: '', step }] as const)]);
}

/** The ids of the first list in its order, each that only the second has after the one that it follows there. */
function mergedIds(first: readonly string[], second: readonly string[]): readonly string[] {
  const known = new Set(first);
  const following = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const id of second) {
    if (known.has(id)) anchor = id;
    else following.set(anchor, [...(following.get(anchor) ?? []), id]);
  }
  return [...(following.get(null) ?? []), ...first.flatMap((id) => [id, ...(following.get(id) ?? [])])];
}

function compareStep(id: string, left: Placed | undefined, right: Placed | undefined): readonly StepComparison[] {
  const placed = left ?? right;
  if (placed === undefined) return [];
  const [ours, theirs] = [left === undefined ? null : stepSide(left.step), right === undefined ? null : stepSide(right.step)];
  const isInBoth = left !== undefined && right !== undefined;
  return [
    {
      id,
      title: placed.step.title,
      section: placed.section,
      isChanged: isInBoth && contentOf(left.step) !== contentOf(right.step),
      isOtherOutcome: isInBoth && ours?.words !== theirs?.words,
      left: ours,
      right: theirs,
      differenceMs: difference(ours?.durationMs ?? null, theirs?.durationMs ?? null),
    },
  ];
}

function contentOf({ title, kind, commands }: ReportStep): string {
  return JSON.stringify([title, kind, commands]);
}

function stepSide({ status, doneBy, decision, notTaken, attempts }: ReportStep): StepSide {
  const words = notTaken ? 'not taken' : doneBy === 'forced' ? 'marked done' : decision === null ? status : decision === 'go' ? 'Go' : 'No-Go';
  const last = new Map(attempts.map((attempt) => [attempt.command, attempt.durationMs]));
  const known = [...last.values()].filter((ms) => ms !== null);
  return { status, words, attempts: attempts.length, durationMs: known.length === 0 || known.length < last.size ? null : known.reduce((sum, ms) => sum + ms, 0) };
}

function sideOf(report: RunReport): RunSide {
  const { runId, title, file, git, setup, startedAt, startedBy, outcome, durationMs, counts } = report;
  const { settled, total, failedAttempts, rollbacks } = counts;
  const environment = setup?.environment?.name;
  return { runId, title, file, ...(environment === undefined ? {} : { environment }), branch: git?.branch ?? null, commit: git?.commit ?? null, startedAt, startedBy: startedBy?.name ?? null, outcome, durationMs, settled, total, failedAttempts, rollbacks };
}

function difference(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : right - left;
}
