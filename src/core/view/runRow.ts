import type { RunSummary } from '../record/runSummary.ts';
import { stateWords } from '../record/runWords.ts';
import { partOfWords } from '../run/package/partOfWords.ts';
import { dotted, gitWords, quoted } from './words.ts';
import { shortRunId } from '../run/shortRunId.ts';

/** A run as a row of a list. */
export interface RunRow {
  readonly label: string;
  readonly description: string;
  /** Lines with all that is known. */
  readonly tooltip: string;
  /** Codicon name; the label says the same in words. */
  readonly icon: string;
}

const icons: Readonly<Record<RunSummary['state'], string>> = {
  open: 'circle-large-outline',
  completed: 'pass',
  'rolled-back': 'discard',
  stopped: 'circle-slash',
  abandoned: 'close',
  unreadable: 'warning',
};

/**
 * @param formatTime words for a point in time
 * @param isNamed whether the row has to say which runbook it belongs to
 */
export function runRow(summary: RunSummary, formatTime: (iso: string) => string, isNamed: boolean): RunRow {
  const { title, file, startedAt, startedBy, environment, git, runId, partOf } = summary;
  const state = stateWords(summary);
  const time = startedAt === null ? `run ${shortRunId(runId)}` : formatTime(startedAt);
  const lines = [
    title === '' ? null : title,
    `Run ${runId}: ${state}`,
    startedAt === null ? null : `Started ${time}${startedBy === null ? '' : ` by ${startedBy.name}${startedBy.email === null ? '' : ` <${startedBy.email}>`}`}`,
    environment === null ? null : `Environment: ${environment}`,
    gitWords(git),
    partOf === undefined ? null : partOfWords(partOf),
    file === '' ? null : file,
  ];
  return {
    label: isNamed && title !== '' ? `${time} · ${quoted(title)}` : time,
    description: dotted([state, environment, startedBy?.name ?? null, git?.branch ?? null]),
    tooltip: lines.filter((line) => line !== null).join('\n'),
    icon: icons[summary.state],
  };
}
