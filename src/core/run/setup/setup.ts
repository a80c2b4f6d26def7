import type { NamedValue } from '../../runbook/setup/model.ts';

/** Where a run goes, as it was at its start: edits of the runbook do not move a run. */
export interface RunEnvironment {
  readonly name: string;
  /** The word that was typed at the start, or null when none was asked for. Such an environment wears a banner. */
  readonly confirm: string | null;
  readonly variables: readonly NamedValue[];
}

/** What was looked at before a start, and what came of it. `unknown`: nobody could tell. */
export interface PreflightCheck {
  readonly result: 'passed' | 'failed' | 'unknown';
  /** What was found, and what to do about it. */
  readonly words: string;
}

/** What a start records beyond its runbook; a part that was not asked for is left out. */
export interface SetupFacts {
  readonly environment?: RunEnvironment;
  /** Values of inputs by name, in order; those of secrets are nowhere. */
  readonly inputs?: readonly NamedValue[];
  /** Names of the secrets that commands get. */
  readonly secrets?: readonly string[];
  readonly preflight?: readonly PreflightCheck[];
  /** Why it was started although a check had failed. */
  readonly preflightReason?: string;
}

/** What a run was started with. */
export interface RunSetup {
  readonly environment: RunEnvironment | null;
  readonly inputs: readonly NamedValue[];
  readonly secrets: readonly string[];
  readonly preflight: readonly PreflightCheck[];
  readonly preflightReason: string | null;
}

/** Null when nothing was asked at the start. */
export function setupOf({ environment, inputs, secrets, preflight, preflightReason }: SetupFacts): RunSetup | null {
  if (environment === undefined && inputs === undefined && secrets === undefined) return null;
  return { environment: environment ?? null, inputs: inputs ?? [], secrets: secrets ?? [], preflight: preflight ?? [], preflightReason: preflightReason ?? null };
}

/** The facts alone, without whatever else an event or a command holds. */
export function setupFacts({ environment, inputs, secrets, preflight, preflightReason }: SetupFacts): SetupFacts {
  return {
    ...(environment === undefined ? {} : { environment }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(preflight === undefined ? {} : { preflight }),
    ...(preflightReason === undefined ? {} : { preflightReason }),
  };
}
