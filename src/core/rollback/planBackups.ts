import type { Command } from '../runbook/model.ts';
import type { BackupFact } from '../run/events.ts';
import { UserError } from '../userError.ts';
import type { RollbackPlan } from './plan.ts';

/**
 * A plan with the backups that its commands are given: what a person confirms
 * is those. A plan that names none stays as it is.
 *
 * @param choose gives the backups of a command; throws a UserError when it cannot run
 */
export function withBackups(plan: RollbackPlan, choose: (command: Command, place: number) => BackupFact | null, sha256: (text: string) => string): RollbackPlan {
  if (plan.sources.every(({ options }) => options.backup === undefined)) return plan;
  let cannotRun: string | null = null;
  const commands = plan.commands.map((command, place) => {
    const source = plan.sources[place];
    if (source === undefined || command.shownOnly === true) return command;
    try {
      const backup = choose(source, place);
      return backup === null ? command : { ...command, backup };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      cannotRun ??= error.message;
      return command;
    }
  });
  const planId = sha256(JSON.stringify(['backups', plan.planId, commands.map(({ backup }) => backup ?? null)]));
  return { ...plan, planId, commands, ...(cannotRun === null ? {} : { cannotRun }) };
}
