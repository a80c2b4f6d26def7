/** The parser, in a file of its own: a bundle apart, which is loaded when a grammar is wanted and not before. */
export { Language, Parser } from '@vscode/tree-sitter-wasm';
