import { isRequest, requestNeeds } from '../checks/fillRequest.ts';
import type { Command } from '../runbook/model.ts';
import type { FieldNeed } from './fieldValue.ts';
import { fieldNeeds } from './placeholders.ts';
import { shellOf } from './shell/shells.ts';

/**
 * What is asked of the values that a command's placeholders need.
 *
 * Throws a UserError when one has no safe place or the shell is unknown.
 */
export function commandNeeds(command: Command, documentShell: string | null): readonly FieldNeed[] {
  return isRequest(command) ? requestNeeds(command) : fieldNeeds(command, shellOf(command, documentShell));
}

/** One need for each name that fits all of its places: a value is asked for once, wherever it goes. */
export function mergedNeeds(needs: Iterable<FieldNeed>): ReadonlyMap<string, FieldNeed> {
  const merged = new Map<string, FieldNeed>();
  for (const need of needs) {
    const before = merged.get(need.name);
    merged.set(need.name, before === undefined ? need : { ...need, evaluatedBy: before.evaluatedBy ?? need.evaluatedBy, beginsWord: before.beginsWord || need.beginsWord });
  }
  return merged;
}

/** What is asked of a command's values where they were asked for together with those of others. */
export function askedNeeds(command: Command, askedWith: readonly Command[], documentShell: string | null): readonly FieldNeed[] {
  const own = new Set(commandNeeds(command, documentShell).map(({ name }) => name));
  const merged = mergedNeeds([command, ...askedWith].flatMap((other) => commandNeeds(other, documentShell)));
  return [...merged.values()].filter(({ name }) => own.has(name));
}
