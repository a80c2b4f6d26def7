import { findPlaceholders } from '../../src/core/runbook/findPlaceholders.ts';
import { EXIT_ZERO } from '../../src/core/runbook/expectation.ts';
import type { Command, CommandOptions } from '../../src/core/runbook/model.ts';

const NO_OPTIONS: CommandOptions = { timeoutSeconds: null, cwd: null, shell: null, confirm: false, expects: EXIT_ZERO, repeat: null };

/** A command as the parser would make it. */
export function commandOf(text: string, { language = 'bash', line = 1, ...options }: Partial<CommandOptions> & { readonly language?: string; readonly line?: number } = {}): Command {
  return { language, text, line, options: { ...NO_OPTIONS, ...options }, placeholders: findPlaceholders(text), hidden: [], expectedOutput: null };
}

/** A command in which every `<x>` (and no other text) is a placeholder. */
export function commandWithFields(text: string, language = 'bash'): Command {
  const placeholders = [...text.matchAll(/<([a-z])>/g)].map((match) => ({ name: match[1] ?? '', start: match.index, end: match.index + match[0].length }));
  return { ...commandOf(text, { language }), placeholders };
}
