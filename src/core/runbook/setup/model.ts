/** What the front matter says of the start of a run: where it may go, and what has to be filled in. */
export interface SetupQuestions {
  readonly environments: readonly Environment[];
  readonly inputs: readonly InputDefinition[];
  /** Why no run may be started before the front matter is corrected; null when it may. */
  readonly problem: string | null;
}

/** A place that a runbook can be run for. */
export interface Environment {
  readonly name: string;
  /** Branch that has to be checked out, or null. */
  readonly branch: string | null;
  /** The working tree has to be without changes. */
  readonly clean: boolean;
  /** Word that is typed before a run starts there, or null. Such an environment wears a banner. */
  readonly confirm: string | null;
  /** Environment variables that every command gets there, in order. */
  readonly variables: readonly NamedValue[];
  readonly line: number;
}

/** A value that is asked for at the start. Commands get it as the environment variable of its name. */
export interface InputDefinition {
  readonly name: string;
  readonly description: string | null;
  /** Regular expression for the whole value (see pattern.ts), or null. */
  readonly pattern: string | null;
  readonly choices: readonly string[] | null;
  readonly default: string | null;
  readonly required: boolean;
  /** Never recorded, and masked in output. */
  readonly secret: boolean;
  readonly line: number;
}

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

export const NO_QUESTIONS: SetupQuestions = { environments: [], inputs: [], problem: null };

/** Most environments and most inputs of one runbook: a form that a person can still read. */
export const MOST_OF_EACH = 50;
