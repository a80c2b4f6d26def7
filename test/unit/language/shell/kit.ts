import { join } from 'node:path';
import type { CommandFinding } from '../../../../src/core/language/shell/finding.ts';
import { shellFindings } from '../../../../src/core/language/shell/shellFindings.ts';
import { parseRunbook } from '../../../../src/core/runbook/parse.ts';
import { ShellGrammars } from '../../../../src/node/shellGrammar.ts';

/** Where the grammars lie in a checkout. */
export const GRAMMARS = join(import.meta.dirname, '../../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** The real grammars, loaded. */
export const grammars = new ShellGrammars(GRAMMARS, (note) => {
  throw new Error(note);
}, { limit: 20_000 });
await grammars.load(['bash', 'powershell']);

/** What is found in a document. */
export function inDocument(markdown: string): readonly CommandFinding[] {
  return shellFindings(parseRunbook(markdown), grammars);
}

/** What is found in one block of a step that cannot be taken back, so that only its text is judged. */
export function inBlock(text: string, info = 'bash {irreversible}'): readonly CommandFinding[] {
  return inDocument(`# T\n\n## Deploy\n\n~~~~${info}\n${text}\n~~~~\n`);
}

/** The stretch of text that a finding is about, with its code in front. */
export function shown({ code, command, start, end }: CommandFinding): string {
  return `${code}: ${command.text.slice(start, end)}`;
}
