import type { Command, RollbackLevel, Runbook, Step, Undo } from './model.ts';

interface Parts {
  readonly steps: readonly Pick<Step, 'commands'>[];
  readonly levels: readonly Pick<RollbackLevel, 'commands' | 'verify'>[];
  readonly undos: readonly Pick<Undo, 'command'>[];
}

/** Every block of a document that can run, each once: of its steps, its rollback levels and what takes steps back. */
export function allCommands({ steps, levels, undos }: Parts): ReadonlySet<Command> {
  return new Set([...steps.flatMap((step) => step.commands), ...levels.flatMap((level) => [...level.commands, ...level.verify]), ...undos.map(({ command }) => command)]);
}

/** The same of a runbook that has been read. */
export function commandsIn({ steps, rollbackLevels, undos }: Pick<Runbook, 'steps' | 'rollbackLevels' | 'undos'>): ReadonlySet<Command> {
  return allCommands({ steps, levels: rollbackLevels, undos });
}
