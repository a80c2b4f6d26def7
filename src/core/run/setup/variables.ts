import { problemWithName } from '../../runbook/setup/variableName.ts';
import * as errors from '../../userErrors.ts';
import type { RunSetup } from './setup.ts';

/** Tells commands, and the monitors, which run they belong to: what they log can be found in its record. */
export const RUN_VARIABLE = 'GUIDED_RUNBOOKS_RUN';

/** What variables are made of. */
interface Given {
  /** Null: there is no run yet. */
  readonly runId: string | null;
  readonly setup: RunSetup | null;
  readonly captured: ReadonlyMap<string, string>;
}

/**
 * The environment variables that every command of a run gets: those of its
 * environment, then its inputs, then what commands captured, and the run's id. Secrets are not among them.
 *
 * A record may come from anybody, so names are judged again: one that programs
 * act on (`LD_PRELOAD` for one) would run what nobody was shown. Throws a
 * UserError then.
 */
export function variablesOf({ runId, setup, captured }: Given): Readonly<Record<string, string>> {
  const values = [...(setup?.environment?.variables ?? []), ...(setup?.inputs ?? []), ...[...captured].map(([name, value]) => ({ name, value }))];
  for (const { name } of values) if (problemWithName(name) !== null) throw errors.recordedVariable(name);
  return { ...Object.fromEntries(values.map(({ name, value }) => [name, value])), ...(runId === null ? {} : { [RUN_VARIABLE]: runId }) };
}
