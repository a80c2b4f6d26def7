import { problemWith, type FieldNeed } from './fieldValue.ts';
import type { RunState } from './state.ts';

/** Values that a run has by name without anybody being asked for them at a step: of its environment, of its inputs, captured. The later kind counts. */
export function givenValues(state: Pick<RunState, 'setup' | 'captured'> | null): ReadonlyMap<string, string> {
  const named = [...(state?.setup?.environment?.variables ?? []), ...(state?.setup?.inputs ?? [])];
  return new Map([...named.filter(({ value }) => value !== '').map(({ name, value }) => [name, value] as const), ...(state?.captured ?? [])]);
}

/** All values by name; what was typed for a placeholder fills those that nothing else gives. */
export function knownValues(state: Pick<RunState, 'setup' | 'captured' | 'fields'> | null): ReadonlyMap<string, string> {
  return new Map([...(state?.fields ?? []), ...givenValues(state)]);
}

/** The value of each placeholder. One that is given and cannot stand in its place gives way to what a person typed for it there. */
export function placeholderValues(state: Pick<RunState, 'setup' | 'captured' | 'fields'> | null, needs: readonly FieldNeed[]): ReadonlyMap<string, string> {
  const given = givenValues(state);
  return new Map(
    needs.flatMap((need) => {
      const typed = state?.fields.get(need.name);
      const value = isGiven(given, need) ? given.get(need.name) : (typed ?? given.get(need.name));
      return value === undefined ? [] : [[need.name, value] as const];
    }),
  );
}

/** Whether a placeholder has a value that can stand in its place, so that nobody is asked for it. */
export function isGiven(given: ReadonlyMap<string, string>, need: FieldNeed): boolean {
  const value = given.get(need.name);
  return value !== undefined && problemWith(value, need) === null;
}
