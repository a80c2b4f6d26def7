import type { Diagnostic, RollbackLevel, Runbook, Section, Step } from './model.ts';

/** What of a runbook the way back depends on. */
export type WayBack = Pick<Runbook, 'steps' | 'sections' | 'rollbackLevels' | 'undos'>;

/** Sections whose commands look and do not change. */
const LOOKING: ReadonlySet<string> = new Set(['verification', 'preflight', 'criteria']);

/** What stands in the way of going back, as far as the document says: nothing is guessed. */
export function wayBackFindings(runbook: WayBack): readonly Diagnostic[] {
  return [...runbook.rollbackLevels.flatMap(budgetFinding), ...stepsWithoutWayBack(runbook)];
}

/** Steps that change something and that no undo block names, when the runbook has undo blocks at all. */
export function stepsWithoutUndo({ steps, sections, undos }: WayBack): readonly Step[] {
  if (undos.length === 0) return [];
  const named = new Set(undos.flatMap(({ stepIds }) => stepIds));
  return changingSteps({ steps, sections }).filter((step) => !named.has(step.id) && step.irreversible === null && !(step.parentId !== null && named.has(step.parentId)));
}

/** Steps that run commands and do not only look. */
export function changingSteps({ steps, sections }: Pick<WayBack, 'steps' | 'sections'>): readonly Step[] {
  const byId = new Map(sections.map((section) => [section.id, section]));
  return steps.filter((step) => changesSomething(step, byId));
}

/** Whether any rollback level has commands. */
export function hasLevel({ rollbackLevels }: WayBack): boolean {
  return rollbackLevels.some(({ commands }) => commands.length > 0);
}

/** The sum of the time limits of what a level runs, in seconds. */
export function limitsOf({ commands, verify }: RollbackLevel): number {
  return [...commands, ...verify].reduce((sum, { options }) => sum + (options.timeoutSeconds ?? 0), 0);
}

function changesSomething(step: Step, sections: ReadonlyMap<string, Section>): boolean {
  if (step.aside || step.commands.length === 0) return false;
  for (let id = step.sectionId; id !== null; id = sections.get(id)?.parentId ?? null) if (LOOKING.has(sections.get(id)?.role ?? '')) return false;
  return true;
}

function stepsWithoutWayBack(runbook: WayBack): readonly Diagnostic[] {
  if (hasLevel(runbook)) return [];
  return stepsWithoutUndo(runbook).map(({ title, line }) => ({
    severity: 'warning',
    code: 'no-way-back',
    message: `“${title}” runs commands, no undo block names it and there is no rollback level: add a block with undo=, or mark it irreversible.`,
    line,
  }));
}

function budgetFinding(level: RollbackLevel): readonly Diagnostic[] {
  const limits = limitsOf(level);
  if (level.budgetSeconds === null || limits <= level.budgetSeconds) return [];
  const message = `Rollback level ${String(level.level)} has a budget of ${String(level.budgetSeconds)} s, and the time limits of its commands come to ${String(limits)} s: it may not hold. Shorten the limits, or state a longer budget.`;
  return [{ severity: 'warning', code: 'budget-too-short', message, line: level.line }];
}
