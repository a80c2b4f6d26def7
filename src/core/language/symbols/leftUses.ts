import { commandsIn } from '../../runbook/allCommands.ts';
import type { Command, Runbook } from '../../runbook/model.ts';

/**
 * A line (from 1) at which a block still uses the old name of a value in a way
 * that no renaming can judge: it is set there, counted with, read by another
 * program, or stands where another shell reads it. Null when there is none.
 */
export function leftUse(runbook: Runbook, name: string): number | null {
  for (const command of commandsIn(runbook)) {
    const at = usedIn(command, name);
    if (at !== -1) return command.line + 1 + (command.text.slice(0, at).match(/\n/g)?.length ?? 0);
  }
  return (runbook.frontMatter.monitors ?? []).find(({ command }) => usedIn(command, name) !== -1)?.line ?? null;
}

function usedIn({ text, options }: Pick<Command, 'text' | 'options'>, name: string): number {
  // What another language does with a word is not known.
  if (options.interpreter !== undefined) return text.search(new RegExp(`(?<!\\w)${name}(?!\\w)`));
  const ways = [`\\$\\{?[#!]?${name}(?!\\w)`, `%${name}(?!\\w)`, `env:${name}(?!\\w)`, `(?:^|[\\s;&|(])${name}\\+?=`, `\\(\\([^)]*(?<!\\w)${name}(?!\\w)`, `(?<!\\w)(?:printenv|unset|export|read|declare|local|typeset|readonly|-v)\\s[^\\n;|&]*(?<![\\w$-])${name}(?!\\w)`, `["'\\[.]${name}["'\\]]`];
  return text.search(new RegExp(ways.join('|'), 'm'));
}
