import { counted, dotted } from '../view/words.ts';
import type { ChecksFact } from './checksIn.ts';
import type { EnvironmentStatus } from './environmentStatus.ts';
import type { RunReference } from './runFacts.ts';
import { shortRunId } from '../run/shortRunId.ts';

/** One line of a status. */
export interface StatusRow {
  readonly id: 'deployed' | 'since' | 'run' | 'unfinished' | 'commit' | 'schema' | 'check' | 'backup';
  readonly label: string;
  /** Empty: the time says it all. */
  readonly value: string;
  /** ISO 8601; null: it has none, or it stands in another row. */
  readonly at: string | null;
  /** The run that it comes from. */
  readonly run: RunReference | null;
  /** Somebody has to look at it; the words say so as well. */
  readonly isOdd: boolean;
}

/** How an environment is called where it has no name. */
export const NO_ENVIRONMENT = 'No environment';

/** What is known of an environment, line by line; what was never said has no line, apart from what is deployed. */
export function statusRows(status: EnvironmentStatus): readonly StatusRow[] {
  const { commit, schema, unfinished, lastCheck, lastBackup } = status;
  const rows: StatusRow[] = [...deployedRows(status)];
  if (unfinished !== null) rows.push({ id: 'unfinished', label: unfinished.rollback === null ? 'Later deployment' : 'Later rollback', value: UNFINISHED[unfinished.outcome], at: unfinished.at, run: unfinished.run, isOdd: unfinished.outcome !== 'running' });
  if (commit !== null) rows.push({ id: 'commit', label: 'Commit', value: commit.value, at: null, run: commit.run, isOdd: false });
  if (schema !== null) rows.push({ id: 'schema', label: 'Schema', value: schema.value, at: schema.at, run: schema.run, isOdd: false });
  if (lastCheck !== null) rows.push({ id: 'check', label: 'Last check', value: checkWords(lastCheck), at: lastCheck.at, run: lastCheck.run, isOdd: lastCheck.failed > 0 || lastCheck.unknown > 0 });
  if (lastBackup !== null) rows.push({ id: 'backup', label: 'Last backup', value: `${lastBackup.name} of ${lastBackup.of}`, at: lastBackup.at, run: lastBackup.run, isOdd: false });
  return rows;
}

const UNFINISHED = { running: 'has begun and not ended', failed: 'did not succeed: what is deployed has to be looked at', unknown: 'nobody knows how it ended: what is deployed has to be looked at' } as const;

function deployedRows({ release, unknownSince }: EnvironmentStatus): readonly StatusRow[] {
  const deployed = (value: string, isOdd: boolean, run: RunReference | null): StatusRow => ({ id: 'deployed', label: 'Deployed', value, at: null, run, isOdd });
  const known = release ?? unknownSince;
  if (known === null) return [deployed('no run has said it', false, null)];
  const first = release === null ? deployed(`not known, since ${unknownSince?.because ?? ''}`, true, known.run) : deployed(release.value, false, known.run);
  return [first, { id: 'since', label: 'Since', value: '', at: known.at, run: known.run, isOdd: false }, { id: 'run', label: 'Run', value: runWords(known.run), at: null, run: known.run, isOdd: false }];
}

/** `passed (3 checks)`, or what did not. */
export function checkWords({ passed, failed, unknown }: ChecksFact): string {
  if (failed === 0 && unknown === 0) return `passed (${counted(passed, 'check')})`;
  return [failed === 0 ? null : `${String(failed)} failed`, unknown === 0 ? null : `${String(unknown)} not known`, `${String(passed)} passed`].filter((words) => words !== null).join(', ');
}

/** `Deploy orders · run 7QXW`. */
export function runWords({ title, runId }: RunReference): string {
  return dotted([title, `run ${shortRunId(runId)}`]);
}

/** What is deployed, and what began later and did not succeed, in one line. @param when words for a point in time */
export function deployedWords({ release, unknownSince, unfinished }: EnvironmentStatus, when: (iso: string) => string): string {
  const words = release !== null ? release.value : unknownSince !== null ? `not known since ${unknownSince.because}` : 'not stated';
  if (unfinished === null) return words;
  const what = unfinished.rollback ?? (release === null && unknownSince === null ? 'a deployment' : 'a later deployment');
  const ends = { running: `began ${when(unfinished.at)} and has not ended`, failed: 'did not succeed', unknown: 'has an unknown end' };
  return `${words}, and ${what} ${ends[unfinished.outcome]}`;
}

/** The name of an environment, as the beginning of a line. */
export function environmentName(environment: string | null): string {
  return environment ?? NO_ENVIRONMENT;
}
