import { join } from 'node:path';
import { Language, Parser } from '@vscode/tree-sitter-wasm';

/* The parser, in a file of its own: a bundle apart, which is loaded when a grammar is wanted and not before. */

let ready: Promise<void> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Loads a grammar and gives what makes parsers of it. The library has one
 * memory for all: it is made ready once, and grammars are put into it one after
 * the other, since two beginnings at the same time would leave two of it.
 * @param folder where the parser's own `tree-sitter.wasm` lies
 * @param bytes the grammar
 */
export async function loadGrammar(folder: string, bytes: Uint8Array): Promise<() => Parser> {
  ready ??= Parser.init({ locateFile: (file) => join(folder, file) });
  await ready.catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  const loading = last.then(() => Language.load(bytes));
  last = loading.catch(() => undefined);
  const language = await loading;
  return () => new Parser().setLanguage(language);
}
