import { agoWords } from './askBackups.ts';
import type { EnvironmentStatus } from './environmentStatus.ts';
import { oddWords } from './pastFacts.ts';
import { deployedWords, environmentName } from './statusRows.ts';

/**
 * `staging: 1.8.0, since 3 h ago`; null when no record says anything of it.
 * @param now milliseconds since 1970
 * @param odd how many records are not whole
 */
export function deployedLine(status: EnvironmentStatus, now: number, odd: number): string | null {
  const { environment, release, unknownSince, unfinished } = status;
  const known = release ?? unknownSince ?? unfinished;
  if (known === null) return null;
  const words = oddWords(odd);
  return `${environmentName(environment)}: ${deployedWords(status, (at) => agoWords(at, now))} (${agoWords(known.at, now)})${words === '' ? '' : `; ${words}`}`;
}
