import { about } from './about.ts';
import type { Diagnostic, Section } from './model.ts';
import type { StepDraft } from './sections.ts';

/** What says `parallel`, with the line where it stands. */
export interface ParallelMarks {
  readonly steps: Map<StepDraft, number>;
  readonly sections: Map<Section, number>;
}

/**
 * Gives the steps that may run at the same time their group: those of a
 * parallel section, and neighbours that say it themselves. A step that has to
 * run by itself stays alone, and so does one without a neighbour.
 *
 * @returns what is odd about it
 */
export function resolveParallel(marks: ParallelMarks, steps: readonly StepDraft[], sections: readonly Section[]): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const warn = (code: string, message: string, line: number): void => {
    diagnostics.push({ severity: 'warning', code, message, line, ...about('parallel') });
  };
  const bySection = sectionMarks(marks, sections);
  for (const [section, line] of marks.sections) {
    const members = steps.filter((step) => bySection.get(step.sectionId ?? '') === section && aloneBecause(step) === null);
    for (const step of members) step.parallel = `section ${section.id}`;
    if (members.length < 2 && bySection.get(section.id) === section) warn('parallel-alone', `"parallel" does nothing here: this section has ${members.length === 0 ? 'no step' : 'only one step'} that could run at the same time as another.`, line);
  }
  for (const step of steps) {
    const line = marks.steps.get(step);
    // What a task card's heading says, it says of the steps of its section.
    const isOfSection = step.kind === 'task' && [...marks.sections].some(([section, at]) => section.id === step.sectionId && at === line);
    const because = line === undefined || isOfSection ? null : aloneBecause(step);
    if (line !== undefined && because !== null) warn('bad-combination', `"parallel" does nothing here: ${because}.`, line);
  }
  for (const group of neighbours(steps, marks)) {
    const [first] = group;
    if (first === undefined || first.parallel !== null) continue;
    if (group.length === 1) warn('parallel-alone', '"parallel" does nothing here: no step right before or after this one is marked so, too.', marks.steps.get(first) ?? first.line);
    else for (const step of group) step.parallel = `step ${first.id}`;
  }
  for (const step of steps) if (step.parallel !== null && steps.filter(({ parallel }) => parallel === step.parallel).length < 2) step.parallel = null;
  return diagnostics;
}

/** For each section the outermost one around it, itself included, that is marked. */
function sectionMarks(marks: ParallelMarks, sections: readonly Section[]): ReadonlyMap<string, Section> {
  const found = new Map<string, Section>();
  // Parents come before their children.
  for (const section of sections) {
    const outer = section.parentId === null ? undefined : found.get(section.parentId);
    const own = outer ?? (marks.sections.has(section) ? section : undefined);
    if (own !== undefined) found.set(section.id, own);
  }
  return found;
}

/** Runs of steps that stand one after the other in the same place and say `parallel`. */
function neighbours(steps: readonly StepDraft[], marks: ParallelMarks): readonly (readonly StepDraft[])[] {
  const groups: StepDraft[][] = [];
  let before: StepDraft | null = null;
  for (const step of steps) {
    const isMarked = marks.steps.has(step) && aloneBecause(step) === null;
    const isNext = before !== null && before.sectionId === step.sectionId && before.parentId === step.parentId;
    if (isMarked && isNext) groups.at(-1)?.push(step);
    else if (isMarked) groups.push([step]);
    before = isMarked ? step : null;
  }
  return groups;
}

/** Why a step runs by itself, in words that complete a sentence; null when it need not. */
function aloneBecause(step: StepDraft): string | null {
  if (step.aside) return 'the steps of a rollback run one after the other';
  if (step.commands.length === 0) return 'this step has no commands';
  if (step.kind === 'gate' || step.kind === 'attestation') return 'a decision is taken by itself';
  if (step.background) return 'a step in the background runs beside the others anyway';
  if (step.check) return 'checks run one after the other';
  if (step.commands.some(({ options }) => options.file !== undefined)) return 'a step that writes a file shows it first, and runs by itself';
  if (step.commands.some(({ options }) => options.repeat !== null)) return 'a step that is tried again runs by itself';
  return null;
}
