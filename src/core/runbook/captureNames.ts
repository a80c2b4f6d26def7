import { about } from './about.ts';
import { allCommands } from './allCommands.ts';
import type { Diagnostic, RollbackLevel, Runbook, Step, Undo } from './model.ts';
import type { SetupQuestions } from './setup/model.ts';
import { problemWithName } from './setup/variableName.ts';

/** What `capture=` names, or a sentence about what is wrong with it. */
export function readCapture(value: string | true): { readonly name: string } | string {
  if (value === true) return '"capture" has to name the value, for example capture=VERSION. Nothing is captured.';
  const problem = problemWithName(value);
  return problem === null ? { name: value } : `"capture": ${value} ${problem} Nothing is captured.`;
}

/** Names that more than one thing would fill. */
export function captureFindings(steps: readonly Step[], levels: readonly RollbackLevel[], undos: readonly Undo[], setup: SetupQuestions | undefined): readonly Diagnostic[] {
  const commands = allCommands({ steps, levels, undos });
  const inputs = new Set(setup?.inputs.map(({ name }) => name));
  const variables = new Set(setup?.environments.flatMap((environment) => environment.variables.map(({ name }) => name)));
  const first = new Map<string, number>();
  const found: Diagnostic[] = [];
  for (const { options, line } of commands) {
    for (const { name } of options.env ?? []) if (inputs.has(name)) found.push({ severity: 'warning', code: 'shadowed-input', message: `"env.${name}" takes the place of the input ${name} in this block. Rename one, unless that is meant.`, line, ...about(`env.${name}`) });
    const name = options.capture;
    if (name === undefined) continue;
    const taken = inputs.has(name) ? 'an input' : variables.has(name) ? 'a variable of an environment' : null;
    const before = first.get(name);
    if (taken !== null) found.push({ severity: 'error', code: 'shadowed-input', message: `"capture=${name}" has the name of ${taken}: from its success on, what it captured takes that one’s place. Rename one.`, line, ...about(name) });
    if (before !== undefined) found.push({ severity: 'warning', code: 'captured-twice', message: `${name} is captured on line ${String(before)} as well; the block that succeeds last counts. Rename one, unless that is meant.`, line, ...about(name) });
    else first.set(name, line);
  }
  return found;
}

const known = new WeakMap<Runbook, ReadonlySet<string>>();

/** Names that steps of a runbook capture. Runbooks never change, so they are looked for once. */
export function capturedNames(runbook: Runbook): ReadonlySet<string> {
  let names = known.get(runbook);
  if (names === undefined) known.set(runbook, (names = new Set(runbook.steps.flatMap(({ commands }) => commands.flatMap(({ options }) => options.capture ?? [])))));
  return names;
}
