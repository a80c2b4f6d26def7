import { levelHashes, type RehearsableLevels } from '../core/rollback/rehearsals.ts';
import type { Runbook } from '../core/runbook/model.ts';

/** Hashes of a runbook's text and of the plans of its levels, computed once for each text. */
export class LevelHashes {
  readonly #sha256: (text: string) => string;
  #known: { readonly runbook: Runbook; readonly levels: RehearsableLevels } | null = null;

  constructor(sha256: (text: string) => string) {
    this.#sha256 = sha256;
  }

  of(runbook: Runbook, text: string): RehearsableLevels {
    if (this.#known?.runbook !== runbook) this.#known = { runbook, levels: levelHashes(runbook, text, this.#sha256) };
    return this.#known.levels;
  }
}
