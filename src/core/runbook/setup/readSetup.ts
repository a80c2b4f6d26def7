import type { Document, LineCounter, Node } from 'yaml';
import type { Diagnostic } from '../model.ts';
import type { SetupQuestions } from './model.ts';
import { readEnvironments } from './readEnvironments.ts';
import { readInputs } from './readInputs.ts';
import { YamlReading } from './yamlReading.ts';

/**
 * Reads what the front matter says of the start of a run. Undefined when it
 * says nothing. An error in it keeps runs from being started: what was meant to
 * protect an environment may be what is wrong.
 */
export function readSetup(document: Document, lines: LineCounter): { readonly setup: SetupQuestions | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const yaml = new YamlReading(document, lines);
  const entries = yaml.entries(document.contents) ?? [];
  const environmentsAt = entries.find(({ key }) => key === 'environments');
  const inputsAt = entries.find(({ key }) => key === 'inputs');
  if (environmentsAt === undefined && inputsAt === undefined) return { setup: undefined, diagnostics: [] };
  const read = <T>(at: typeof inputsAt, by: (yaml: YamlReading, node: Node | null, line: number) => readonly T[]): readonly T[] => (at === undefined ? [] : by(yaml, at.value, at.line));
  const environments = read(environmentsAt, readEnvironments);
  const inputs = read(inputsAt, readInputs);
  for (const { name, line } of inputs) {
    const twice = environments.find(({ variables }) => variables.some((variable) => variable.name === name));
    if (twice !== undefined) yaml.error(`${name} is an input and a variable of ${twice.name}; only one of them could reach a command. Rename one.`, line, name);
  }
  const wrong = yaml.diagnostics.find(({ severity }) => severity === 'error');
  const problem = wrong === undefined ? null : setupProblem(wrong);
  return { setup: { environments, inputs, problem }, diagnostics: yaml.diagnostics };
}

/** Why no run may be started, from the first thing that is wrong. */
export function setupProblem({ message, line }: Pick<Diagnostic, 'message' | 'line'>): string {
  return `The front matter has an error on line ${String(line)}, so no run is started: ${message}`;
}
