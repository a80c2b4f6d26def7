import type { Runbook } from '../core/runbook/model.ts';

/** A step that can be run, and the line (from 1) at which it stands. */
export interface StepLens {
  readonly stepId: string;
  readonly line: number;
}

/** Command steps of a runbook, in order. Steps that stand aside are run by their rollback, not one by one. */
export function stepLenses({ steps }: Pick<Runbook, 'steps'>): readonly StepLens[] {
  return steps.filter((step) => step.commands.length > 0 && !step.aside).map(({ id, line }) => ({ stepId: id, line }));
}
