import type { Command, RollbackLevel, Step, Undo } from './model.ts';

interface Parts {
  readonly steps: readonly Pick<Step, 'commands'>[];
  readonly levels: readonly Pick<RollbackLevel, 'commands' | 'verify'>[];
  readonly undos: readonly Pick<Undo, 'command'>[];
}

/** Every block of a document that can run, each once: of its steps, its rollback levels and what takes steps back. */
export function allCommands({ steps, levels, undos }: Parts): ReadonlySet<Command> {
  return new Set([...steps.flatMap((step) => step.commands), ...levels.flatMap((level) => [...level.commands, ...level.verify]), ...undos.map(({ command }) => command)]);
}
