import { about, valueOrName } from './about.ts';
import { ATTRIBUTES, ENV_PREFIX } from './attributeTable.ts';
import { annotationTokens } from './annotationTokens.ts';
import type { Diagnostic } from './model.ts';
import { nearest } from './nearest.ts';
import { chosenId, readRunmeJson, runmeOption } from './runme.ts';
import { SHARED_WITH_RUNME } from './vocabulary.ts';

/** What an annotation says, unchecked. A bare attribute has the value `true`. */
export interface Attributes {
  readonly id: string | null;
  readonly values: ReadonlyMap<string, string | true>;
  /** It uses words of Runme. */
  readonly hasRunme?: true;
  /** It is Runme's and nothing else: its `cwd` is counted from the runbook's own folder. */
  readonly fromDocument?: true;
}

export const NO_ATTRIBUTES: Attributes = { id: null, values: new Map() };

const COMMENT = /<!--\s*(\{[^]*?\})\s*-->\s*$/;

/** The words of a value such as `a, b`; none when it stands alone. */
export function listedWords(value: string | true | undefined): string[] {
  return typeof value === 'string' ? value.split(',').map((word) => word.trim()).filter((word) => word !== '') : [];
}

/**
 * Takes the annotation off the end of a heading's, item's or paragraph's source.
 * @returns the source without it, and the annotation with its braces or null
 */
export function splitAnnotation(source: string): { readonly source: string; readonly annotation: string | null } {
  if (!source.endsWith('>') && !source.trimEnd().endsWith('-->')) return { source, annotation: null };
  const match = COMMENT.exec(source);
  if (match === null) return { source, annotation: null };
  return { source: source.slice(0, match.index).trimEnd(), annotation: match[1] ?? null };
}

/**
 * Reads `{#id key=value flag}`, or Runme's `{"name":"x"}`.
 * @param text the annotation with its braces
 * @param line line it stands on, for diagnostics
 */
export function parseAttributes(text: string, line: number): { readonly attributes: Attributes; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const values = new Map<string, string | true>();
  let id: string | null = null;
  const warn = (code: string, message: string, subject: string, suggestion: string | null = null): void => {
    diagnostics.push({ severity: 'warning', code, message, line, ...about(subject, suggestion) });
  };
  const warnUnknown = (name: string): void => {
    const near = nearest(name, ATTRIBUTES.keys());
    warn('unknown-attribute', `There is no attribute "${name}".${near === null ? '' : ` Did you mean "${near}"?`}`, name, near);
  };
  const json = readRunmeJson(text, line);
  if (json !== null) return json;
  /** Ids by the word that gives them, Runme's `id` last: a program made that one. */
  const runmeIds = new Map<string, string>();
  let hasRunme = false;
  let hasOurs = false;
  for (const token of annotationTokens(text)) {
    if (token.kind === 'id') {
      if (id !== null) warn('duplicate-attribute', `There are two ids, #${id} and #${token.name}; the first one counts.`, token.name);
      else id = token.name;
      hasOurs = true;
    } else if (token.kind === 'attribute') {
      const { name } = token;
      // Runme writes its flags out.
      if (name === 'background' && token.value === 'false') continue;
      const value = name === 'background' && token.value === 'true' ? true : token.value;
      if (!isKnown(name)) {
        const option = runmeOption(name, value);
        if (option === null) warnUnknown(name);
        hasRunme ||= option !== null;
        if (option?.id !== undefined && !runmeIds.has(name)) runmeIds.set(name, option.id);
        if (option?.attribute !== undefined && !values.has(option.attribute[0])) values.set(...option.attribute);
        if (option?.info !== undefined) diagnostics.push({ severity: 'info', code: 'runme-option', message: option.info, line, ...about(name) });
      } else if (values.has(name)) warn('duplicate-attribute', `"${name}" is given twice; the first one counts.`, name);
      else {
        hasOurs ||= !SHARED_WITH_RUNME.has(name);
        const problem = shapeProblem(name, value);
        if (problem !== null) diagnostics.push({ severity: 'error', code: 'bad-value', message: problem, line, ...about(valueOrName(name, value)) });
        if (problem === null) values.set(name, value);
        else if (ATTRIBUTES.get(name)?.guards === true) values.set(name, true);
        if (!acts(name)) diagnostics.push({ severity: 'warning', code: 'not-acted-on', message: `"${name}" is read but not acted on by this version: the step runs as if it were not there.`, line, ...about(name) });
      }
    } else if (token.kind === 'stray') {
      warn('annotation-syntax', `"${token.text}" is not understood in this annotation; write {#id key=value flag}.`, token.text);
    }
  }
  const fromDocument = hasRunme && !hasOurs;
  const cwd = values.get('cwd');
  if (hasRunme && typeof cwd === 'string' && !cwd.startsWith('/')) diagnostics.push({ severity: 'info', code: 'runme-option', message: cwdWords(fromDocument), line, ...about('cwd') });
  return { attributes: { id: id ?? chosenId(runmeIds), values, ...(hasRunme ? { hasRunme } : {}), ...(fromDocument ? { fromDocument } : {}) }, diagnostics };
}

/** From where a folder is counted that stands beside words of Runme, which would count it from the document. */
function cwdWords(fromDocument: boolean): string {
  return fromDocument
    ? '"cwd" is counted from the runbook\'s own folder here, as in Runme; with an id written #id it is counted from the workspace folder.'
    : '"cwd" is counted from the workspace folder, because words of this format stand beside those of Runme, which counts it from the runbook\'s own folder.';
}

/** What is wrong with having a value, or none, in words; null when nothing is. */
function shapeProblem(name: string, value: string | true): string | null {
  const shape = ATTRIBUTES.get(name)?.value;
  if (shape === 'none' && value !== true) return `"${name}" stands alone, without a value.`;
  if (shape === 'notEmpty' && value === '') return `"${name}" stands alone, or has the word that is to be typed: ${name}="production".`;
  if (shape === 'needed' && (value === true || value.trim() === '')) return `"${name}" needs a value: ${name}="…".`;
  return null;
}

function isKnown(name: string): boolean {
  return ATTRIBUTES.has(name) || name.startsWith(ENV_PREFIX);
}

function acts(name: string): boolean {
  return name.startsWith(ENV_PREFIX) || (ATTRIBUTES.get(name)?.acts ?? false);
}
