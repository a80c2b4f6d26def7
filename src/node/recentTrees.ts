import type { ShellGrammarName, SyntaxNode } from '../core/language/shell/syntaxNode.ts';

/** Characters of all texts together whose trees are kept: those of a runbook of thousands of steps. */
const MOST_CHARACTERS = 500_000;

/** Trees of the texts that were asked for last, so that only a block that changed is parsed anew. */
export class RecentTrees {
  readonly #trees = new Map<string, SyntaxNode | null>();
  #characters = 0;

  /** The tree of a text: the one that is kept, or what `parse` makes. */
  get(grammar: ShellGrammarName, text: string, parse: () => SyntaxNode | null): SyntaxNode | null {
    const key = `${grammar}\n${text}`;
    const kept = this.#trees.get(key);
    const tree = kept === undefined ? parse() : kept;
    // Put in anew, it is the last one: the order of a map is the order of age.
    if (!this.#trees.delete(key)) this.#characters += key.length;
    this.#trees.set(key, tree);
    this.#forget();
    return tree;
  }

  #forget(): void {
    for (const [key] of this.#trees) {
      if (this.#characters <= MOST_CHARACTERS) return;
      this.#trees.delete(key);
      this.#characters -= key.length;
    }
  }
}
