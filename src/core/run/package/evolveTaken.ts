import type { NamedValue } from '../../runbook/setup/model.ts';
import { withEntry } from '../entries.ts';
import type { RunEventBody, TakenValue } from '../events.ts';
import type { RunState, Statement } from '../state.ts';

/** How a statement is kept: a placeholder and a variable may have the same name. */
export function statementKey({ kind, name }: Pick<Statement, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** What was stated last stands, whoever stated it before. */
export function withStatement(stated: RunState['stated'], statement: Statement): RunState['stated'] {
  return withEntry(stated, statementKey(statement), statement);
}

/** Inputs of the start are statements of that moment. */
export function withInputs({ stated }: Pick<RunState, 'stated'>, inputs: readonly NamedValue[], at: string): RunState['stated'] {
  return inputs.reduce((known, { name, value }) => (value === '' ? known : withStatement(known, { name, value, kind: 'value', at, from: null })), stated);
}

/** Values of other runs are used like those that were captured here, or typed for a placeholder here. */
export function evolveTaken(state: RunState, { values }: Extract<RunEventBody, { type: 'values.taken' }>): RunState {
  return values.reduce((known, { name, value, kind, from, at }) => {
    const stated = withStatement(known.stated, { name, value, kind, from, at });
    return kind === 'field' ? { ...known, stated, fields: withEntry(known.fields, name, value) } : { ...known, stated, captured: withEntry(known.captured, name, value) };
  }, state);
}

/** Nothing is recorded when nothing is taken. */
export function takenBodies(values: readonly TakenValue[]): readonly RunEventBody[] {
  return values.length === 0 ? [] : [{ type: 'values.taken', values }];
}
