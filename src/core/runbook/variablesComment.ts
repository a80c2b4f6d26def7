import type { Token } from 'markdown-it';
import { htmlComments } from './htmlComments.ts';
import type { Diagnostic, FrontMatter } from './model.ts';
import { canBeSecret, KEY_SHAPES, namesSecret } from './secretWords.ts';
import { MOST_OF_EACH, NO_QUESTIONS, type InputDefinition } from './setup/model.ts';
import { problemWithName } from './setup/variableName.ts';
import { VARIABLES_BLOCK } from './vocabulary.ts';

/**
 * The front matter with the variables that Innovation Engine's documents set in
 * a comment (`export NAME=value` in a `variables` block): each is asked for at
 * the start, with that value as its default, secrets without one. What the front
 * matter asks for under the same name counts.
 */
export function withVariables(head: FrontMatter, tokens: readonly Token[]): { readonly frontMatter: FrontMatter; readonly diagnostics: readonly Diagnostic[] } {
  const inputs = new Map<string, InputDefinition>();
  const diagnostics: Diagnostic[] = [];
  const known = new Set([...(head.setup?.inputs ?? []).map(({ name }) => name), ...(head.setup?.environments ?? []).flatMap(({ variables }) => variables.map(({ name }) => name))]);
  for (const { words, line } of tokens.flatMap(linesOfVariables)) {
    const match = /^\s*export\s+([^=\s]+)=(.*)$/.exec(words);
    if (match === null) continue;
    const [, name = '', raw = ''] = match;
    const warn = (message: string): void => void diagnostics.push({ severity: 'warning', code: 'variable-not-read', message, line });
    const value = literal(raw.trim());
    const problem = problemWithName(name);
    if (problem !== null) warn(`The variable "${name}" ${problem}`);
    else if (value === null) warn(`A shell would make something else of what is set for ${name} than what stands there, so it is not read here; it is left to the commands. A plain value with blanks or signs goes in quotes.`);
    else if (!known.has(name) && inputs.size + known.size < MOST_OF_EACH) {
      const hasKey = new RegExp(KEY_SHAPES.source).test(value);
      const secret = namesSecret(name) || hasKey;
      inputs.set(name, { name, description: null, pattern: null, choices: null, default: secret ? null : value, required: value !== '', secret, line });
      if (hasKey || (secret && canBeSecret(value))) warn(`${name} is a secret, so its value is not read from the document, where all can see it: it is asked for at the start, and hidden in what is shown and recorded. Take the value out of the document.`);
    }
  }
  const [first] = inputs.values();
  if (first === undefined) return { frontMatter: head, diagnostics };
  const secrets = [...inputs.values()].filter(({ secret }) => secret).map(({ name }) => name);
  const withSecrets = secrets.length === 0 ? '' : ` ${secrets.join(', ')}: without a value, as a secret.`;
  diagnostics.push({ severity: 'info', code: 'variables-asked', message: `${[...inputs.keys()].join(', ')}: asked for at the start, with these values as they stand.${withSecrets} A command that sets one itself has the last word.`, line: first.line });
  const setup = head.setup ?? NO_QUESTIONS;
  return { frontMatter: { ...head, setup: { ...setup, inputs: [...setup.inputs, ...inputs.values()] } }, diagnostics };
}

/** The lines of the blocks of variables in a token's comments; `line` counts from 1. */
function linesOfVariables({ type, content, map }: Token): readonly { readonly words: string; readonly line: number }[] {
  if (type !== 'html_block') return [];
  let line = (map?.[0] ?? 0) + 1;
  let counted = 0;
  return Array.from(htmlComments(content)).flatMap(({ text, at }) => {
    const open = text.indexOf(VARIABLES_BLOCK);
    const start = open < 0 ? -1 : text.indexOf('\n', open);
    const end = start < 0 ? -1 : text.indexOf('```', start);
    if (end < 0) return [];
    line += content.slice(counted, at + start + 1).split('\n').length - 1;
    counted = at + start + 1;
    const first = line;
    return text.slice(start + 1, end).split('\n').map((words, index) => ({ words, line: first + index }));
  });
}

/** A value that stands as it is, without its quotes; null when a shell would make something else of it. */
function literal(raw: string): string | null {
  const quoted = /^'([^']*)'$/.exec(raw)?.[1] ?? /^"([^"\\$`]*)"$/.exec(raw)?.[1];
  return quoted ?? (/^[\w./:@%+=,-]*$/.test(raw) ? raw : null);
}
