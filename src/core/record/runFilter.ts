import { stateWords } from './runWords.ts';
import type { RunSummary } from './runSummary.ts';

/**
 * Whether a run answers to all words of a filter, in any order and case. A word
 * stands for a part of its title, file, state, person, environment, branch,
 * commit, id or date.
 *
 * @param words as a person typed them; none match everything
 * @param date what the start is called by the person, besides its ISO form
 */
export function matchesFilter(summary: RunSummary, words: string, date: string): boolean {
  const { title, file, startedBy, environment, git, startedAt, runId } = summary;
  const parts = [title, file, stateWords(summary), startedBy?.name, startedBy?.email, environment, git?.branch, git?.commit, startedAt, date, runId];
  const text = parts.filter((part) => part != null).join('\n').toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
