import type { Command, RollbackLevel, Runbook, Step } from '../../runbook/model.ts';

/** What a block is for in its runbook. */
export interface CommandUse {
  /** The step that it belongs to, or null. */
  readonly step: Step | null;
  /** The rollback level that it belongs to, or null. */
  readonly level: RollbackLevel | null;
  /** It takes back what a step did. */
  readonly undoes: boolean;
  /** It looks and changes nothing: a check, or the verification of a level. */
  readonly looks: boolean;
}

/** Where each block of a runbook stands, in document order. */
export function commandUses({ steps, rollbackLevels, undos }: Pick<Runbook, 'steps' | 'rollbackLevels' | 'undos'>): ReadonlyMap<Command, CommandUse> {
  const places = new Map<Command, CommandUse>();
  for (const step of steps) for (const command of step.commands) places.set(command, { step, level: null, undoes: false, looks: step.check || step.verifies });
  for (const level of rollbackLevels) {
    const step = (command: Command): Step | null => places.get(command)?.step ?? null;
    for (const command of level.commands) places.set(command, { step: step(command), level, undoes: false, looks: false });
    for (const command of level.verify) places.set(command, { step: step(command), level, undoes: false, looks: true });
  }
  for (const { command } of undos) places.set(command, { step: null, level: null, undoes: true, looks: false });
  return new Map([...places].sort(([one], [other]) => one.line - other.line));
}
