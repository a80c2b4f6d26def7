import { EXIT_ZERO, sameExpectation } from '../runbook/expectation.ts';
import type { PlannedCommand } from '../run/events.ts';
import type { Command, Runbook } from '../runbook/model.ts';

/** A command as a plan and the record name it. */
export function plannedCommand(command: Command, purpose: PlannedCommand['purpose'], sha256: (text: string) => string): PlannedCommand {
  return { purpose, text: command.text, language: command.language, line: command.line, sha256: sha256(command.text) };
}

/** SHA-256 over everything that decides what runs; lines are left out, so that edits elsewhere do not make it another plan. */
export function planIdOf({ frontMatter }: Runbook, level: number, commands: readonly PlannedCommand[], sources: readonly Command[], sha256: (text: string) => string): string {
  return sha256(JSON.stringify([level, frontMatter.shell, frontMatter.timeoutSeconds, commands.map((command, place) => identity(command, sources[place]))]));
}

function identity(command: PlannedCommand, source: Command | undefined): readonly unknown[] {
  const options = source?.options;
  const base = [command.purpose, command.language, command.sha256, options?.shell, options?.cwd, options?.timeoutSeconds, options?.confirm, ...(options === undefined || sameExpectation(options.expects, EXIT_ZERO) ? [] : [options.expects]), ...(options?.interpreter === undefined && options?.env === undefined && options?.capture === undefined ? [] : [{ interpreter: options.interpreter, env: options.env, capture: options.capture }]), ...(options?.backup === undefined && options?.states === undefined ? [] : [{ backup: options.backup, states: options.states }]), ...(options?.cwdFrom === undefined ? [] : [{ cwdFrom: options.cwdFrom }])];
  return command.undoes === undefined ? base : [...base, command.undoes];
}
