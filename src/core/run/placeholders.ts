import type { Command } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import { problemWith, type FieldNeed } from './fieldValue.ts';
import { evaluatorIn } from './shell/evaluators.ts';
import { scanFish } from './shell/fishScan.ts';
import { scanPosix } from './shell/posixScan.ts';
import { scanPwsh } from './shell/pwshScan.ts';
import { refused, type Quoting } from './shell/scan.ts';
import type { Shell } from './shell/shells.ts';

/** A block that is ready to run: its text, and the variables that belong to it alone. */
export interface FilledBlock {
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The placeholder that each of these variables stands for. */
  readonly names: ReadonlyMap<string, string>;
}

/** What is asked of the values that a block needs. Throws a UserError when one has no safe place. */
export function fieldNeeds(command: Command, shell: Shell): readonly FieldNeed[] {
  const needs = new Map<string, FieldNeed>();
  const [program] = command.options.interpreter ?? [];
  for (const { name, quoting, start } of placesOf(command, shell)) {
    if (quoting.kind === 'comment') continue;
    // `sudo bash` and the like start without our variables: the value would silently be empty.
    if (program !== undefined && program !== shell) throw errors.placeholderUnplaceable(name, `its block is given to “${program}”, which may not hand the value on`);
    if (quoting.kind === 'refused') throw errors.placeholderUnplaceable(name, quoting.why);
    const before = needs.get(name);
    const evaluatedBy = before?.evaluatedBy ?? (quoting.split ? 'an unquoted $(…)' : shell === 'pwsh' ? '“pwsh”' : evaluatorIn(command.text));
    needs.set(name, { name, evaluatedBy, beginsWord: before?.beginsWord === true || beginsWord(command.text, start, quoting) });
  }
  return [...needs.values()];
}

/**
 * Puts values into a block. No value ever becomes part of the text: each
 * placeholder is replaced at its place by a reference to an environment
 * variable, quoted as its place needs it. Placeholders in comments stay.
 *
 * Throws a UserError when a value is missing, is refused or has no safe place.
 */
export function fillPlaceholders(command: Command, shell: Shell, values: ReadonlyMap<string, string>): FilledBlock {
  const names = new Map<string, string>();
  const prefix = variablePrefix(command.text);
  for (const need of fieldNeeds(command, shell)) {
    const value = values.get(need.name);
    if (value === undefined) throw errors.valueMissing(need.name);
    const problem = problemWith(value, need);
    if (problem !== null) throw errors.valueRefused(need.name, problem);
    names.set(need.name, `${prefix}${String(names.size + 1)}`);
  }
  let text = '';
  let done = 0;
  for (const { name, quoting, start, end } of placesOf(command, shell)) {
    const variable = names.get(name);
    if (variable === undefined || quoting.kind === 'comment') continue;
    text += command.text.slice(done, start) + reference(variable, quoting, shell);
    done = end;
  }
  const variables = Object.fromEntries([...names].map(([name, variable]) => [variable, values.get(name) ?? '']));
  return { text: text + command.text.slice(done), variables, names: new Map([...names].map(([name, variable]) => [variable, name])) };
}

/**
 * What to write in the place of a placeholder, so that a variable takes its
 * place for good, quoted as each place needs it. Those in comments stay.
 *
 * Throws a UserError when the block has a placeholder without a safe place.
 */
export function variableReferences(command: Command, shell: Shell, name: string, variable: string): readonly { readonly start: number; readonly end: number; readonly text: string }[] {
  fieldNeeds(command, shell);
  return placesOf(command, shell).flatMap(({ name: own, start, end, quoting }) => (own === name && quoting.kind !== 'comment' ? [{ start, end, text: reference(variable, quoting, shell) }] : []));
}

interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly quoting: Quoting;
}

function placesOf(command: Command, shell: Shell): readonly Place[] {
  const spans = [...command.placeholders].sort((a, b) => a.start - b.start);
  if (spans.length === 0) return [];
  const quoting = scan(command.text, spans, shell);
  return spans.map((span, place) => ({ ...span, quoting: quoting[place] ?? refused('it was not found') }));
}

function scan(text: string, spans: Command['placeholders'], shell: Shell): readonly Quoting[] {
  switch (shell) {
    case 'bash':
    case 'sh':
    case 'zsh':
      return scanPosix(text, spans).quoting;
    case 'fish':
      return scanFish(text, spans).quoting;
    case 'pwsh':
      return scanPwsh(text, spans).quoting;
    case 'cmd':
      return spans.map(() => refused('cmd has no way to keep a value apart from the command'));
  }
}

function reference(variable: string, quoting: Quoting, shell: Shell): string {
  if (shell === 'pwsh') return `\${env:${variable}}`;
  const quoted = shell === 'fish' ? `"$${variable}"` : `"\${${variable}}"`;
  switch (quoting.kind) {
    case 'single':
      return `'${quoted}'`;
    case 'double':
      return shell === 'fish' ? `"${quoted}"` : `\${${variable}}`;
    case 'heredoc':
      return `\${${variable}}`;
    default:
      return quoted;
  }
}

/** Whether a placeholder is the first thing of a word, as far as variables before it may be empty. */
function beginsWord(text: string, start: number, quoting: Quoting): boolean {
  if (quoting.kind === 'heredoc') return false;
  const before = text.slice(Math.max(0, start - 200), start);
  if (quoting.kind !== 'bare' && !/["'\w}]$/.test(before)) return false;
  return /(?:^|[\s;|&()<>`{])(?:["']|\$\w+|\$\{[^}\s]*\})*$/.test(before);
}

/** A prefix that the block does not use itself. */
function variablePrefix(text: string): string {
  let prefix = 'RUNBOOK_FIELD_';
  while (text.includes(prefix)) prefix += '_';
  return prefix;
}
