import { isShell } from '../../runbook/fences.ts';
import { OUTPUT_LANGUAGE, REQUEST_LANGUAGE, SHELL_LANGUAGES } from '../../runbook/vocabulary.ts';
import { fenceAround } from '../fenceLines.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf, type Position } from '../text.ts';
import type { Completion } from './model.ts';
import { values, type KnownValue } from './values.ts';

/** Languages that mean something, right behind a fence's opening marks. */
export function languageCompletions({ lines, fences }: RunbookSource, at: Position): readonly Completion[] {
  const fence = fenceAround(fences, at.line);
  const line = lines.lineText(at.line);
  if (fence?.line !== at.line || at.character < fence.infoStart || !/^\s*[\w-]*$/.test(line.slice(fence.infoStart, at.character))) return [];
  const start = fence.infoStart + (/^\s*/.exec(line.slice(fence.infoStart, at.character))?.[0].length ?? 0);
  const range = rangeOf(at.line, start, at.character + (/^[\w-]*/.exec(line.slice(at.character))?.[0].length ?? 0));
  const proposed: readonly (readonly [string, string])[] = [
    ...[...SHELL_LANGUAGES].map((language) => [language, 'commands that are run'] as const),
    [OUTPUT_LANGUAGE, 'what the block above is expected to print'],
    [REQUEST_LANGUAGE, 'a request; with {check} it is sent'],
  ];
  return proposed.map(([label, detail]) => ({ label, kind: 'language', detail, documentation: '', snippet: label, range }));
}

/** Inputs, captured values and variables of environments, behind the `$` of a shell's block. */
export function variableCompletions(source: RunbookSource, at: Position, known: RunbookSource): readonly Completion[] {
  const fence = fenceAround(source.fences, at.line);
  if (fence === null || fence.line === at.line || (fence.isClosed && fence.endLine === at.line) || !isShell(fence.language)) return [];
  const before = source.lines.lineText(at.line).slice(0, at.character);
  const isPowerShell = fence.language === 'powershell' || fence.language === 'pwsh';
  const match = (isPowerShell ? /\$(?:\{?env:)?(\w*)$/i : /(?<!\\)\$\{?(\w*)$/).exec(before);
  if (match === null) return [];
  const prefix = isPowerShell && !/env:/i.test(match[0]) ? 'env:' : '';
  const range = rangeOf(at.line, at.character - (match[1]?.length ?? 0), at.character + (/^\w*/.exec(source.lines.lineText(at.line).slice(at.character))?.[0].length ?? 0));
  return [...values(known), ...variables(known)].map(({ text, ...rest }) => ({ ...rest, label: prefix + text, snippet: prefix + text, range }));
}

function variables({ runbook }: RunbookSource): readonly KnownValue[] {
  const found = new Map<string, string[]>();
  for (const environment of runbook.frontMatter.setup?.environments ?? []) {
    for (const { name } of environment.variables) found.set(name, [...(found.get(name) ?? []), environment.name]);
  }
  return [...found].map(([text, names]) => ({ text, kind: 'environment', detail: `set by ${names.join(', ')}`, documentation: '' }));
}
