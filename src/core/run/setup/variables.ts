import { problemWithName } from '../../runbook/setup/variableName.ts';
import * as errors from '../../userErrors.ts';
import type { RunSetup } from './setup.ts';

/**
 * The environment variables that every command of a run gets: those of its
 * environment, then its inputs, then what commands captured. Secrets are not among them.
 *
 * A record may come from anybody, so names are judged again: one that programs
 * act on (`LD_PRELOAD` for one) would run what nobody was shown. Throws a
 * UserError then.
 */
export function variablesOf({ setup, captured }: { readonly setup: RunSetup | null; readonly captured: ReadonlyMap<string, string> }): Readonly<Record<string, string>> {
  const values = [...(setup?.environment?.variables ?? []), ...(setup?.inputs ?? []), ...[...captured].map(([name, value]) => ({ name, value }))];
  for (const { name } of values) if (problemWithName(name) !== null) throw errors.recordedVariable(name);
  return Object.fromEntries(values.map(({ name, value }) => [name, value]));
}
