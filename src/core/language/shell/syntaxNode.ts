/** Shells whose syntax can be read. */
export type ShellGrammarName = 'bash' | 'powershell';

/**
 * A node of a syntax tree, as plain data: nothing has to be freed, and what
 * reads it does not know who parsed. Offsets are UTF-16 units of the text.
 */
export interface SyntaxNode {
  /** The grammar's name of it, for example `command`, or the token itself, for example `fi`. */
  readonly type: string;
  readonly start: number;
  /** Offset just past its last character. */
  readonly end: number;
  /** A piece that fits nowhere. */
  readonly isError: boolean;
  /** It is not there, and the parser went on as if it were. */
  readonly isMissing: boolean;
  /** It is one of those, or one of those is below it. */
  readonly hasError: boolean;
  readonly children: readonly SyntaxNode[];
}

/** A parser. Throws nothing. */
export interface ShellSyntax {
  /**
   * The tree of a text, or null when there is none to be had: the grammar is
   * not loaded, or the text is too long. The same text gets the same tree.
   */
  parse(grammar: ShellGrammarName, text: string): SyntaxNode | null;
}
