import type { Token } from 'markdown-it';
import type { Diagnostic, FrontMatter } from './model.ts';
import { MOST_OF_EACH, NO_QUESTIONS, type InputDefinition } from './setup/model.ts';
import { problemWithName } from './setup/variableName.ts';
import { VARIABLES_COMMENT } from './vocabulary.ts';

/**
 * The front matter with the variables that Innovation Engine's documents set in
 * a comment (`export NAME=value` in a `variables` block): each is asked for at
 * the start, with that value as its default. What the front matter asks for
 * under the same name counts.
 */
export function withVariables(head: FrontMatter, tokens: readonly Token[]): { readonly frontMatter: FrontMatter; readonly diagnostics: readonly Diagnostic[] } {
  const inputs = new Map<string, InputDefinition>();
  const diagnostics: Diagnostic[] = [];
  const known = new Set([...(head.setup?.inputs ?? []).map(({ name }) => name), ...(head.setup?.environments ?? []).flatMap(({ variables }) => variables.map(({ name }) => name))]);
  for (const token of tokens) {
    const text = token.type === 'html_block' ? VARIABLES_COMMENT.exec(token.content) : null;
    if (text === null) continue;
    const line = (token.map?.[0] ?? 0) + 1 + token.content.slice(0, text.index + text[0].length - (text[1] ?? '').length - 3).split('\n').length - 1;
    const warn = (at: number, message: string): void => void diagnostics.push({ severity: 'warning', code: 'variable-not-read', message, line: at });
    (text[1] ?? '').split('\n').forEach((words, index) => {
      const match = /^\s*export\s+([^=\s]+)=(.*)$/.exec(words);
      if (match === null) return;
      const [, name = '', raw = ''] = match;
      const value = literal(raw.trim());
      const problem = problemWithName(name);
      if (problem !== null) warn(line + index, `The variable "${name}" ${problem}`);
      else if (value === null) warn(line + index, `The value of ${name} is made by a shell, so it is not read here; it is left to the commands.`);
      else if (!known.has(name) && inputs.size + known.size < MOST_OF_EACH) inputs.set(name, { name, description: null, pattern: null, choices: null, default: value, required: value !== '', secret: false, line: line + index });
    });
  }
  const [first] = inputs.values();
  if (first === undefined) return { frontMatter: head, diagnostics };
  diagnostics.push({ severity: 'info', code: 'variables-asked', message: `${[...inputs.keys()].join(', ')}: asked for at the start, with these values as they stand. A command that sets one itself has the last word.`, line: first.line });
  const setup = head.setup ?? NO_QUESTIONS;
  return { frontMatter: { ...head, setup: { ...setup, inputs: [...setup.inputs, ...inputs.values()] } }, diagnostics };
}

/** A value that stands as it is, without its quotes; null when a shell would make something else of it. */
function literal(raw: string): string | null {
  const single = /^'([^']*)'$/.exec(raw);
  if (single !== null) return single[1] ?? '';
  const bare = /^"((?:[^"\\]|\\.)*)"$/.exec(raw)?.[1] ?? raw;
  return /[$`\\'"]/.test(bare) ? null : bare;
}
