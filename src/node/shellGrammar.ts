import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parser } from '@vscode/tree-sitter-wasm';
import type { ShellGrammarName, ShellSyntax, SyntaxNode } from '../core/language/shell/syntaxNode.ts';
import { copyTree } from './copyTree.ts';
import { RecentTrees } from './recentTrees.ts';

const FILES: Readonly<Record<ShellGrammarName, string>> = { bash: 'tree-sitter-bash.wasm', powershell: 'tree-sitter-powershell.wasm' };
/** Characters. A longer block is no runbook's, and a parser would be busy with it for longer than a person wants to wait. */
const LONGEST = 20_000;
/** Milliseconds of one parse, which is given up then. */
const LIMIT = 300;
/** Parses of a grammar that may be given up before it is used no more. */
const MOST_GIVEN_UP = 20;

/** Reads the syntax of shells. Grammars are loaded when they are asked for, each once; one that cannot be loaded parses nothing. */
export class ShellGrammars implements ShellSyntax {
  readonly #folder: string;
  readonly #limit: number;
  readonly #note: (message: string) => void;
  readonly #loading = new Map<ShellGrammarName, Promise<void>>();
  readonly #parsers = new Map<ShellGrammarName, Parser>();
  readonly #makers = new Map<ShellGrammarName, () => Parser>();
  readonly #givenUp = new Map<ShellGrammarName, number>();
  readonly #trees = new RecentTrees();

  /**
   * @param folder where the grammars lie, with the parser's own `tree-sitter.wasm`
   * @param note is told, once for each, what could not be loaded or is no longer used
   * @param options.limit milliseconds of one parse
   */
  constructor(folder: string, note: (message: string) => void, { limit = LIMIT }: { readonly limit?: number } = {}) {
    this.#folder = folder;
    this.#limit = limit;
    this.#note = note;
  }

  /** Loads what is not loaded yet. Never rejects. */
  async load(grammars: Iterable<ShellGrammarName>): Promise<void> {
    await Promise.all([...grammars].map((grammar) => {
      const loading = this.#loading.get(grammar) ?? this.#load(grammar);
      this.#loading.set(grammar, loading);
      return loading;
    }));
  }

  parse(grammar: ShellGrammarName, text: string): SyntaxNode | null {
    const parser = this.#parsers.get(grammar);
    if (parser === undefined || text.length > LONGEST) return null;
    return this.#trees.get(grammar, text, () => this.#parse(grammar, parser, text));
  }

  #parse(grammar: ShellGrammarName, parser: Parser, text: string): SyntaxNode | null {
    try {
      const until = performance.now() + this.#limit;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > until });
      if (tree === null) return this.#giveUp(grammar);
      try {
        return copyTree(tree);
      } finally {
        tree.delete();
      }
    } catch (error) {
      // All grammars share one memory, which may be no longer what it should be.
      this.#parsers.clear();
      this.#note(`The ${grammar} grammar failed, and shell blocks are no longer checked until the window is reloaded: ${wordsOf(error)}`);
      return null;
    }
  }

  /**
   * A parse took too long. Its parser is left as it is, and a new one goes on:
   * what a broken-off parse has left behind is not safe to go on with, or to
   * clean up. That costs memory, so it is not done without end.
   */
  #giveUp(grammar: ShellGrammarName): null {
    const times = (this.#givenUp.get(grammar) ?? 0) + 1;
    this.#givenUp.set(grammar, times);
    const fresh = times > MOST_GIVEN_UP ? undefined : this.#makers.get(grammar)?.();
    if (fresh !== undefined) this.#parsers.set(grammar, fresh);
    else {
      this.#parsers.delete(grammar);
      this.#note(`Reading ${grammar} blocks took too long too often, and they are no longer checked until the window is reloaded.`);
    }
    return null;
  }

  async #load(grammar: ShellGrammarName): Promise<void> {
    try {
      const { loadGrammar } = await import('./treeSitter.ts');
      const make = await loadGrammar(this.#folder, await readFile(join(this.#folder, FILES[grammar])));
      this.#parsers.set(grammar, make());
      this.#makers.set(grammar, make);
    } catch (error) {
      this.#note(`The ${grammar} grammar could not be loaded, so blocks of that shell are not checked: ${wordsOf(error)}`);
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
