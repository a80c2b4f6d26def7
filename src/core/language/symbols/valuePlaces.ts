import { allCommands } from '../../runbook/allCommands.ts';
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
  const { lines, runbook, annotations, frontMatter } = source;
  const found: SymbolPlace[] = [];
  for (const entry of frontMatter?.entries ?? []) {
    const { path } = entry;
    if (path.length === 2 && path[0] === 'inputs') found.push({ kind: 'value', name: String(path[1]), range: bareValue(lines, entry.key), isDefinition: true, isWritten: true });
  }
  for (const { tokens } of annotations) {
    for (const { token, value } of tokens) {
      if (token.kind !== 'attribute' || typeof token.value !== 'string' || value === null) continue;
      if (token.name === 'capture' || NAMING.has(token.name)) found.push({ kind: 'value', name: token.value, range: value, isDefinition: token.name === 'capture', isWritten: true });
    }
  }
  const names = new Set(found.filter(({ isDefinition }) => isDefinition).map(({ name }) => name));
  if (names.size === 0) return found;
  for (const command of allCommands({ steps: runbook.steps, levels: runbook.rollbackLevels, undos: runbook.undos })) found.push(...usesIn(source, command, names));
  for (const entry of frontMatter?.entries ?? []) {
    if (entry.path[0] !== 'monitors' || entry.path[2] !== 'command' || entry.value === null) continue;
    const range = bareValue(lines, entry.value);
    if (range.start.line !== range.end.line) continue;
    for (const { name, start } of uses(POSIX, lines.textIn(range), names)) {
      const at = { line: range.start.line, character: range.start.character + start };
      found.push({ kind: 'value', name, range: { start: at, end: { ...at, character: at.character + name.length } }, isDefinition: false, isWritten: true });
    }
  }
  return found;
}

function usesIn(source: RunbookSource, command: Command, names: ReadonlySet<string>): readonly SymbolPlace[] {
  if (!/[$%]/.test(command.text)) return [];
  const all = uses(patternOf(command), command.text, names);
  if (all.length === 0) return [];
  const placeOf = source.placesOf(command);
  return all.map(({ name, start }) => ({ kind: 'value', name, range: { start: placeOf(start), end: placeOf(start + name.length) }, isDefinition: false, isWritten: true }));
}

/** How the shell of a block names variables. */
function patternOf({ language, options }: Command): RegExp {
  const shell = options.shell ?? language;
  if (shell === 'powershell' || shell === 'pwsh') return POWERSHELL;
  return shell === 'cmd' || shell === 'bat' ? CMD : POSIX;
}

function uses(pattern: RegExp, text: string, names: ReadonlySet<string>): readonly { readonly name: string; readonly start: number }[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const name = match[1] ?? '';
    return { name, start: match.index + match[0].lastIndexOf(name) };
  }).filter(({ name }) => names.has(name));
}
