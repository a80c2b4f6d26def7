import { agoWords } from './askBackups.ts';
import type { EnvironmentStatus } from './environmentStatus.ts';
import { deployedWords, environmentName } from './statusRows.ts';

/** `staging: 1.8.0, since 3 h ago`; null when no record says anything of it. @param now milliseconds since 1970 */
export function deployedLine(status: EnvironmentStatus, now: number): string | null {
  const { environment, release, unknownSince } = status;
  const known = release ?? unknownSince;
  return known === null ? null : `${environmentName(environment)}: ${deployedWords(status)} (${agoWords(known.at, now)})`;
}
