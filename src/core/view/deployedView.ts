import { concernsStatus } from '../status/concernsStatus.ts';
import { statusOf } from '../status/environmentStatus.ts';
import { oddWords } from '../status/pastFacts.ts';
import { deployedWords } from '../status/statusRows.ts';
import { runsOf } from './backupView.ts';
import type { ViewInput } from './input.ts';
import type { HeaderView } from './viewModel.ts';
import { environmentNameOf } from '../run/setup/environmentNameOf.ts';

/** What is deployed where the run goes, as far as records say it. */
export function deployedView(input: Pick<ViewInput, 'runbook' | 'state' | 'past' | 'formatTime'>): Pick<HeaderView, 'deployed'> {
  const { state } = input;
  if (state === null || !concernsStatus(input.runbook)) return {};
  const status = statusOf(runsOf(input), environmentNameOf(state));
  const { release, unknownSince, unfinished } = status;
  const known = release ?? unknownSince ?? unfinished;
  if (known === null) return {};
  const odd = oddWords(input.past?.odd.length ?? 0);
  const isOdd = release === null || odd !== '' || (unfinished !== null && unfinished.outcome !== 'running');
  return { deployed: { words: `${deployedWords(status, input.formatTime)}${odd === '' ? '' : ` (${odd})`}`, since: known.at, isOdd } };
}
