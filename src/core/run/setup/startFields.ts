import { capturedNames } from '../../runbook/captureNames.ts';
import type { Environment, InputDefinition, NamedValue } from '../../runbook/setup/model.ts';
import type { Command, Runbook } from '../../runbook/model.ts';
import { UserError } from '../../userError.ts';
import { problemWith, type FieldNeed } from '../fieldValue.ts';
import { commandNeeds, mergedNeeds } from '../needs.ts';

/** A placeholder of the way forward, and the steps that wait for its value. */
export interface StartField {
  readonly need: FieldNeed;
  readonly titles: readonly string[];
}

/** Most of them on one page: a form that a person can still read. */
const MOST = 50;

/** What is asked of the values of all placeholders of the way forward, each name once, in the order of the document. */
export function forwardNeeds(runbook: Runbook): readonly StartField[] {
  const found = runbook.steps
    .filter(({ aside }) => !aside)
    .flatMap(({ title, commands }) => commands.flatMap((command) => needsOf(command, runbook.frontMatter.shell)).map((need) => ({ need, title })));
  const titles = new Map<string, Set<string>>();
  for (const { need, title } of found) titles.set(need.name, (titles.get(need.name) ?? new Set()).add(title));
  return [...mergedNeeds(found.map(({ need }) => need)).values()].map((need) => ({ need, titles: [...(titles.get(need.name) ?? [])] }));
}

/** Those of them that nothing else fills: no input, no variable of the environment, no captured value, none that is taken over. */
export function startFields(runbook: Runbook, environment: Environment | null, inputs: readonly InputDefinition[], taken: readonly NamedValue[] = []): readonly StartField[] {
  const given = new Set([...inputs.map(({ name }) => name), ...(environment?.variables ?? []).map(({ name }) => name), ...capturedNames(runbook)]);
  return forwardNeeds(runbook).filter(({ need }) => !given.has(need.name) && !taken.some(({ name, value }) => name === need.name && problemWith(value, need) === null)).slice(0, MOST);
}

/** A block in which no value has a safe place says so when it is about to run. */
function needsOf(command: Command, documentShell: string | null): readonly FieldNeed[] {
  if (command.placeholders.length === 0) return [];
  try {
    return commandNeeds(command, documentShell);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
