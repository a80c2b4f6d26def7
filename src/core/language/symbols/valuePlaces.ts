import { commandsIn } from '../../runbook/allCommands.ts';
import type { Command } from '../../runbook/model.ts';
import type { RunbookSource } from '../source.ts';
import type { SymbolPlace } from './model.ts';
import { bareValue } from './quotes.ts';

/** Attributes whose value is the name of an input or of a captured value. */
const NAMING: ReadonlySet<string> = new Set(['deploys', 'commit', 'schema']);

const POSIX = /\$\{?#?([A-Za-z_]\w*)/g;
const POWERSHELL = /\$(?:\{?env:)([A-Za-z_]\w*)/gi;
const CMD = /%([A-Za-z_]\w*)%/g;

/** Where inputs and captured values get their names, and where commands and annotations use them. */
export function valuePlaces(source: RunbookSource): readonly SymbolPlace[] {
  const named = namedPlaces(source);
  const names = new Set(named.filter(({ isDefinition }) => isDefinition).map(({ name }) => name));
  return names.size === 0 ? named : [...named, ...usePlaces(source, names)];
}

/** Where a document means a value that another runbook of its package declares. */
export function placesOfValue(source: RunbookSource, name: string): readonly SymbolPlace[] {
  return [...namedPlaces(source).filter((place) => place.name === name), ...usePlaces(source, new Set([name]))];
}

/** In the front matter and in annotations. */
function namedPlaces({ lines, annotations, frontMatter }: RunbookSource): readonly SymbolPlace[] {
  const found: SymbolPlace[] = [];
  for (const { path, key } of frontMatter?.entries ?? []) {
    if (path.length === 2 && path[0] === 'inputs') found.push({ kind: 'value', name: String(path[1]), range: bareValue(lines, key), isDefinition: true, isWritten: true });
  }
  for (const { tokens } of annotations) {
    for (const { token, value } of tokens) {
      if (token.kind !== 'attribute' || typeof token.value !== 'string' || value === null) continue;
      if (token.name === 'capture' || NAMING.has(token.name)) found.push({ kind: 'value', name: token.value, range: value, isDefinition: token.name === 'capture', isWritten: true });
    }
  }
  return found;
}

/** In commands: as a variable, and as a placeholder that the value fills. */
function usePlaces(source: RunbookSource, names: ReadonlySet<string>): readonly SymbolPlace[] {
  const { lines, runbook, frontMatter } = source;
  const found: SymbolPlace[] = [];
  for (const command of commandsIn(runbook)) found.push(...usesIn(source, command, names));
  for (const entry of frontMatter?.entries ?? []) {
    if (entry.path[0] !== 'monitors' || entry.path[2] !== 'command' || entry.value === null) continue;
    const range = bareValue(lines, entry.value);
    if (range.start.line !== range.end.line) continue;
    for (const { name, start } of variables(POSIX, lines.textIn(range), names)) {
      const at = { line: range.start.line, character: range.start.character + start };
      found.push({ kind: 'value', name, range: { start: at, end: { ...at, character: at.character + name.length } }, isDefinition: false, isWritten: true });
    }
  }
  return found;
}

function usesIn(source: RunbookSource, command: Command, names: ReadonlySet<string>): readonly SymbolPlace[] {
  const { text, options, placeholders } = command;
  const inShell = options.interpreter === undefined && options.file === undefined && /[$%]/.test(text) ? variables(patternOf(command), text, names) : [];
  const filled = placeholders.filter(({ name }) => names.has(name)).map(({ name, start, end }) => ({ name, start: start + text.slice(start, end).indexOf(name) }));
  if (inShell.length + filled.length === 0) return [];
  const placeOf = source.placesOf(command);
  const all = [...inShell, ...filled].map(({ name, start }): SymbolPlace => ({ kind: 'value', name, range: { start: placeOf(start), end: placeOf(start + name.length) }, isDefinition: false, isWritten: true }));
  // Where the text of a block cannot be found again, nothing is pointed at.
  return all.filter(({ name, range }) => source.lines.textIn(range) === name);
}

/** How the shell of a block names variables. */
function patternOf({ language, options }: Command): RegExp {
  const shell = options.shell ?? language;
  if (shell === 'powershell' || shell === 'pwsh') return POWERSHELL;
  return shell === 'cmd' || shell === 'bat' ? CMD : POSIX;
}

function variables(pattern: RegExp, text: string, names: ReadonlySet<string>): readonly { readonly name: string; readonly start: number }[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const name = match[1] ?? '';
    return { name, start: match.index + match[0].lastIndexOf(name), sign: match.index };
  }).filter(({ name, sign }) => names.has(name) && !(pattern === POSIX && isLiteral(text, sign)));
}

/** A `$` behind a backslash, or between single quotes, is no variable of this shell. */
function isLiteral(text: string, at: number): boolean {
  if (text.charAt(at - 1) === '\\') return true;
  let quote = '';
  for (let index = text.lastIndexOf('\n', at - 1) + 1; index < at; index++) {
    const character = text.charAt(index);
    if (character === '\\' && quote !== "'") index++;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return quote === "'";
}
