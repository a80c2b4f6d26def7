import type { Runbook } from '../../runbook/model.ts';
import type { InputDefinition, NamedValue } from '../../runbook/setup/model.ts';
import { problemWithValue } from '../../runbook/setup/inputValue.ts';
import { problemWithName } from '../../runbook/setup/variableName.ts';
import type { RunReference, TakenValue } from '../events.ts';
import type { RunState, Statement } from '../state.ts';
import { statementKey } from './evolveTaken.ts';
import { environmentNameOf } from '../setup/environmentNameOf.ts';

/** More are not taken at once: nobody would read them. */
const MOST = 200;

/** What is known of the run that takes, before its start or during it. */
export interface Taker {
  readonly inputs: readonly InputDefinition[];
  /** Names that its own document or start decides: variables of its environment, and its secrets. */
  readonly own: ReadonlySet<string>;
  /** Name of its environment: values of another one are never taken. Null: none. */
  readonly environment: string | null;
  /** What it knows; empty before its start. What was stated here stays what it is. */
  readonly stated: RunState['stated'];
}

/** A run that goes on. Variables of its environment and secrets are its own document's affair. */
export function takerOf(runbook: Runbook, { setup, stated }: Pick<RunState, 'setup' | 'stated'>): Taker {
  const inputs = runbook.frontMatter.setup?.inputs ?? [];
  return { inputs, own: ownNames(inputs, setup?.environment?.variables ?? [], setup?.secrets ?? []), environment: environmentNameOf({ setup }), stated };
}

/** Names of variables of an environment, and of secrets. */
export function ownNames(inputs: readonly InputDefinition[], variables: readonly NamedValue[], secrets: readonly string[] = []): ReadonlySet<string> {
  return new Set([...variables.map(({ name }) => name), ...secrets, ...inputs.filter(({ secret }) => secret).map(({ name }) => name)]);
}

/** What a run takes over from the others of its package. */
export interface Taking {
  readonly values: readonly TakenValue[];
  /** Values that cannot be used under their name here, with what is wrong, as the end of a sentence that begins with the name. */
  readonly unfit: readonly (TakenValue & { readonly problem: string })[];
}

/**
 * The newest statement of each value in the other runs, where this one knows
 * none or an older one that it took itself. It is the clocks of the statements
 * that are compared, and what a name means is compared whatever it was stated as:
 * a placeholder and a variable of one name are the same to a person.
 */
export function valuesToTake({ inputs, own, environment, stated }: Taker, others: readonly RunState[]): Taking {
  const values: TakenValue[] = [];
  const unfit: (TakenValue & { readonly problem: string })[] = [];
  const newest = newestOf(others.filter((run) => environmentNameOf(run) === environment));
  for (const statement of newest.values()) {
    const { name, value, kind } = statement;
    const [typed, variable] = [stated.get(statementKey({ kind: 'field', name })), stated.get(statementKey({ kind: 'value', name }))];
    // A variable comes before what was typed for a placeholder.
    if (kind === 'field' && (variable !== undefined || newest.has(statementKey({ kind: 'value', name })))) continue;
    const here = [variable, typed].find((each) => each?.from === null);
    const known = here ?? variable ?? typed;
    if (own.has(name) || (known !== undefined && (known.value === value || !isNewer(statement, known)))) continue;
    // Records may come from anybody: a name that programs act on is never taken.
    if (kind === 'value' && problemWithName(name) !== null) continue;
    const input = inputs.find((each) => each.name === name);
    const problem = here !== undefined ? `is “${here.value}” here, as it was stated in this run.` : input === undefined ? null : problemWithValue(value, input);
    if (problem === null) values.push(statement);
    else unfit.push({ ...statement, problem });
  }
  return { values: values.slice(0, MOST), unfit };
}

/** Taken values name the run that stated them first; those that were stated here name this one. */
function newestOf(others: readonly RunState[]): ReadonlyMap<string, TakenValue> {
  const newest = new Map<string, TakenValue>();
  for (const { runId, file, stated } of others) {
    if (runId === null) continue;
    for (const [key, { from, ...statement }] of stated) {
      const before = newest.get(key);
      if (before === undefined || isNewer(statement, before)) newest.set(key, { ...statement, from: from ?? { runId, file } satisfies RunReference });
    }
  }
  return newest;
}

function isNewer(one: Pick<Statement, 'at'>, other: Pick<Statement, 'at'>): boolean {
  return Date.parse(one.at) > Date.parse(other.at);
}
