import type { RunState } from '../run/state.ts';
import { runFactsOf, type StatusFact } from '../status/runFacts.ts';
import type { RunReport } from './report.ts';
import { utcWords } from './reportWords.ts';

/** What a run did that outlives it; nothing when there is nothing to tell beside its steps. */
export function reportStatus(state: RunState): Pick<RunReport, 'status'> {
  const facts = (runFactsOf(state)?.facts ?? []).filter(({ kind }) => kind !== 'tried' && kind !== 'rolledBack');
  return facts.length === 0 ? {} : { status: facts };
}

/** The same as rows of a report's head, not yet escaped. */
export function statusRows({ status = [] }: Pick<RunReport, 'status'>): readonly (readonly [name: string, words: readonly string[]])[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Backups', status.flatMap(backupWords)],
    ['Deployed', status.flatMap(deployedWords)],
  ];
  return rows.filter(([, words]) => words.length > 0);
}

function backupWords(fact: StatusFact): readonly string[] {
  switch (fact.kind) {
    case 'made':
      return [`made ${fact.name} of ${fact.of}, ${utcWords(fact.at)}`];
    case 'undone':
      return [`took back ${fact.name} of ${fact.of}, ${utcWords(fact.at)}`];
    case 'pruned':
      return [`removed ${fact.names.join(', ')} of ${fact.of}, ${utcWords(fact.at)}`];
    case 'restored':
      return [`restored ${fact.name} of ${fact.of}, ${utcWords(fact.at)}`];
    default:
      return [];
  }
}

function deployedWords(fact: StatusFact): readonly string[] {
  if (fact.kind !== 'stated') return [];
  const { release, commit, schema, at } = fact;
  const said = [release === undefined ? null : (release ?? 'a release that is not known'), commit == null ? null : `commit ${commit}`, schema == null ? null : `schema ${schema}`].filter((words) => words !== null);
  return said.length === 0 ? [] : [`${said.join(', ')}, ${utcWords(at)}`];
}
