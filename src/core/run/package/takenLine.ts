import type { RunReference, TakenValue } from '../events.ts';
import { referenceWords } from './partOfWords.ts';

/** `VERSION = v7, from run K3PD of release/checklist.md`, on one line. `known`: the run that needs no mention. */
export function takenLine({ name, value, from }: Pick<TakenValue, 'name' | 'value' | 'from'>, known: RunReference | null = null): string {
  const [first = ''] = value.split('\n', 1);
  return `${name} = ${first}${first === value ? '' : ' …'}${from.runId === known?.runId ? '' : `, from ${referenceWords(from)}`}`;
}
