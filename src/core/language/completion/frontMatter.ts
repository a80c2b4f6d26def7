import { FRONT_MATTER_KEYS, type KeyShape } from '../../runbook/frontMatterTable.ts';
import { FORMAT_VERSION } from '../../runbook/model.ts';
import { briefly, keyDocumentation } from '../documentation.ts';
import type { RunbookSource } from '../source.ts';
import type { FrontMatterContext } from './frontMatterContext.ts';
import { escapeSnippet } from './escape.ts';
import { keySnippet } from './frontMatterSnippets.ts';
import type { Completion } from './model.ts';
import { environments, valuesFor, type KnownValue } from './values.ts';

/** What can be written in the front matter: keys that are not there yet, or values of the one at the cursor. */
export function frontMatterCompletions(source: RunbookSource, context: FrontMatterContext, line: number): readonly Completion[] {
  const { path, writing } = context;
  if (writing.what === 'item') return [];
  if (writing.what === 'value') return knownValues(source, path, writing.key, line).map(({ text, ...rest }) => ({ ...rest, label: text, snippet: escapeSnippet(text), range: writing.range }));
  const has = new Set((source.frontMatter?.entries ?? []).filter((entry) => entry.path.length === path.length + 1 && path.every((part, at) => part === '-' || entry.path[at] === part)).map((entry) => String(entry.path.at(-1))));
  if (path[0] === 'backups' && path[2] === 'keep' && path.length === 3) return environments(source).filter(({ text }) => !has.has(text)).map(({ text, ...rest }) => ({ ...rest, label: text, snippet: `${escapeSnippet(text)}: \${1:10}`, range: writing.range }));
  // Items of a list are told apart by their places, which are not known here.
  const isItem = path.includes('-');
  return [...keysOf(path)].filter(([name]) => isItem || !has.has(name)).map(([name, shape]): Completion => {
    const snippet = keySnippet(name, shape, path.length === 0);
    return { label: name, kind: 'key', detail: briefly(shape.says), documentation: keyDocumentation(name, shape), snippet, range: writing.range, ...(snippet.endsWith(': $1') && valuesFor(source, name, shape.suggests, line).length > 0 ? { goesOn: true as const } : {}) };
  });
}

/** Keys of what a path leads to; none where names are free. */
export function keysOf(path: readonly string[]): ReadonlyMap<string, KeyShape> {
  const [top] = path;
  if (top === undefined) return FRONT_MATTER_KEYS;
  const shape = FRONT_MATTER_KEYS.get(top);
  return path.length === 2 && shape?.keys !== undefined ? shape.keys : new Map();
}

function knownValues(source: RunbookSource, path: readonly string[], key: string, line: number): readonly KnownValue[] {
  const shape = keysOf(path).get(key);
  const simple = (...texts: string[]): readonly KnownValue[] => texts.map((text) => ({ text, kind: 'value', detail: '', documentation: '' }));
  if (shape === undefined) return [];
  if (shape.type === 'flag') return simple('true', 'false');
  if (path.length === 0 && key === 'runbook') return simple(String(FORMAT_VERSION));
  if (path[0] === 'environments' && key === 'confirm') return simple(...(path[1] === undefined ? [] : [path[1]]), 'true');
  if (path[0] === 'triggers' && key === 'when') return (source.runbook.frontMatter.monitors ?? []).map(({ name, unit }) => ({ text: `"${name} > 5${unit ?? ''}"`, kind: 'monitor', detail: 'monitor', documentation: '' }));
  return valuesFor(source, key, shape.suggests, line);
}
