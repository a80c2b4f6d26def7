import type { LintFinding } from '../../core/language/diagnostics/finding.ts';
import { shellLint } from '../../core/language/shell/shellLint.ts';
import { grammarsOf, type BlockFindings } from '../../core/language/shell/shellFindings.ts';
import type { ShellGrammarName } from '../../core/language/shell/syntaxNode.ts';
import type { RunbookSource } from '../../core/language/source.ts';
import { ShellGrammars } from '../../node/shellGrammar.ts';
import type { Log } from '../log.ts';

/** Milliseconds of work after which the editor gets its turn. */
const SLICE = 8;

/** What is found in the shell blocks of documents. The grammars are loaded with the first document that has some. */
export class ShellChecks {
  readonly #grammars: ShellGrammars;
  readonly #loaded = new Set<ShellGrammarName>();
  readonly #known = new WeakMap<RunbookSource, BlockFindings<LintFinding>>();

  /** @param folder where the grammars lie */
  constructor(folder: string, log: Log) {
    this.#grammars = new ShellGrammars(folder, (note) => log.warn(note));
  }

  /** What was found in a version of a document; null when that is not known yet. */
  known(source: RunbookSource): readonly LintFinding[] | null {
    return this.#known.get(source)?.found ?? null;
  }

  /**
   * Whether every block of a version of a document was looked at: not when a
   * grammar is not there, or a block is too long or took too long to be read.
   */
  isWhole(source: RunbookSource): boolean {
    return this.#known.get(source)?.isWhole ?? false;
  }

  /** Whether everything is loaded that a document needs. */
  isReady({ runbook }: RunbookSource): boolean {
    return [...grammarsOf(runbook)].every((grammar) => this.#loaded.has(grammar));
  }

  /** Looks at a version of a document, and leaves it as soon as nobody wants it any more. */
  async check(source: RunbookSource, isWanted: () => boolean): Promise<void> {
    if (this.#known.has(source)) return;
    const grammars = grammarsOf(source.runbook);
    await this.#grammars.load(grammars);
    for (const grammar of grammars) this.#loaded.add(grammar);
    const found: LintFinding[] = [];
    let isWhole = true;
    let turn = performance.now();
    for (const ofBlock of shellLint(source, this.#grammars)) {
      found.push(...ofBlock.found);
      isWhole &&= ofBlock.isWhole;
      if (performance.now() - turn < SLICE) continue;
      await new Promise((resolve) => setImmediate(resolve));
      if (!isWanted()) return;
      turn = performance.now();
    }
    this.#known.set(source, { found, isWhole });
  }
}
