import { plainText } from '../output/plainText.ts';
import { GitFailed } from './personGit.ts';

/** Only so much of it is shown: the end, which says why. */
const LINES = 12;
const CHARACTERS = 1200;

/** What git, a hook or the other side said, as plain text for a message; without git's hints. */
export function gitWords(error: unknown): string {
  if (!(error instanceof GitFailed)) return error instanceof Error ? error.message : String(error);
  const said = plainText(error.err.trim() === '' ? error.out : error.err);
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'));
  const words = lines.slice(-LINES).join('\n').slice(-CHARACTERS).trim();
  return words === '' ? `nothing; it ended with code ${String(error.code)}` : words;
}
