import type { RunState } from '../state.ts';

/** SHA-256 of the text that a run goes by: of its last rebase, else of its start; null when the record's beginning was lost. */
export function baseSha256(state: RunState): string | null {
  return state.rebases.at(-1)?.textSha256 ?? state.textSha256;
}
