import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShellGrammarName, ShellSyntax, SyntaxNode } from '../core/language/shell/syntaxNode.ts';
import { copyTree } from './copyTree.ts';
import { RecentTrees } from './recentTrees.ts';
import type { Parser } from './treeSitter.ts';

const FILES: Readonly<Record<ShellGrammarName, string>> = { bash: 'tree-sitter-bash.wasm', powershell: 'tree-sitter-powershell.wasm' };
/** Characters. A longer block is no runbook's, and a parser would be busy with it for longer than a person wants to wait. */
const LONGEST = 20_000;
/** Milliseconds of one parse, which is given up then. */
const LIMIT = 300;

/** Reads the syntax of shells. Grammars are loaded when they are asked for, each once; one that cannot be loaded parses nothing. */
export class ShellGrammars implements ShellSyntax {
  readonly #folder: string;
  readonly #note: (message: string) => void;
  readonly #loading = new Map<ShellGrammarName, Promise<void>>();
  readonly #parsers = new Map<ShellGrammarName, Parser>();
  readonly #trees = new RecentTrees();

  /**
   * @param folder where the grammars lie, with the parser's own `tree-sitter.wasm`
   * @param note is told, once for each, what could not be loaded
   */
  constructor(folder: string, note: (message: string) => void) {
    this.#folder = folder;
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
      const until = performance.now() + LIMIT;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > until });
      // The next parse would go on with this one otherwise.
      if (tree === null) parser.reset();
      if (tree === null) return null;
      try {
        return copyTree(tree);
      } finally {
        tree.delete();
      }
    } catch (error) {
      this.#parsers.delete(grammar);
      this.#note(`The ${grammar} grammar failed, and blocks of that shell are no longer checked: ${wordsOf(error)}`);
      return null;
    }
  }

  async #load(grammar: ShellGrammarName): Promise<void> {
    try {
      const { Language, Parser } = await import('./treeSitter.ts');
      await Parser.init({ locateFile: (file) => join(this.#folder, file) });
      const language = await Language.load(await readFile(join(this.#folder, FILES[grammar])));
      this.#parsers.set(grammar, new Parser().setLanguage(language));
    } catch (error) {
      this.#note(`The ${grammar} grammar could not be loaded, so blocks of that shell are not checked: ${wordsOf(error)}`);
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
