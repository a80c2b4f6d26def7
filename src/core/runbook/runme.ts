import type { Attributes } from './attributes.ts';
import { slug } from './ids.ts';
import type { Diagnostic } from './model.ts';
import { RUNME_OPTIONS, SHELLS } from './vocabulary.ts';

/** What one option of Runme is here. */
export interface RunmeOption {
  readonly id?: string;
  readonly attribute?: readonly [string, string | true];
  /** What a reader has to know of it, as a sentence. */
  readonly info?: string;
}

/** @returns what an option of Runme's annotations is here, or null when it is none of them */
export function runmeOption(name: string, value: string | true): RunmeOption | null {
  const meaning = RUNME_OPTIONS.get(name);
  if (meaning === undefined) return null;
  const isOff = value === 'false' || value === 'no' || value === '';
  switch (meaning) {
    case 'id':
      return typeof value === 'string' && value.trim() !== '' ? { id: nameOf(value) } : {};
    case 'cwd':
      return { attribute: ['cwd', value] };
    case 'background':
      return isOff ? {} : { attribute: ['background', true] };
    case 'interpreter':
      return { attribute: [typeof value === 'string' && SHELLS.includes(value.toLowerCase()) ? 'shell' : 'interpreter', value] };
    case 'ask':
      return isOff ? {} : { attribute: ['confirm', true], info: `"${name}" keeps a block out of Runme's “Run all”; here it asks before it runs, as with "confirm".` };
    case 'silent':
      return {};
    default:
      return isOff ? {} : { info: `"${name}" of Runme ${meaning}; here it does nothing.` };
  }
}

/** Reads Runme's other form, `{"name":"x","interactive":"false"}`; null when it is not that. */
export function readRunmeJson(text: string, line: number): { readonly attributes: Attributes; readonly diagnostics: readonly Diagnostic[] } | null {
  const entries = jsonEntries(text);
  if (entries === null) return null;
  const diagnostics: Diagnostic[] = [];
  const values = new Map<string, string | true>();
  const ids = new Map<string, string>();
  for (const [key, value] of entries) {
    const option = runmeOption(key, value);
    if (option?.id !== undefined) ids.set(key, option.id);
    if (option?.attribute !== undefined) values.set(...option.attribute);
    if (option?.info !== undefined) diagnostics.push({ severity: 'info', code: 'runme-option', message: option.info, line });
  }
  return { attributes: { id: chosenId(ids), values, hasRunme: true, fromDocument: true }, diagnostics };
}

/** The id among those that options give, by their names: what a person chose comes before what Runme made. */
export function chosenId(ids: ReadonlyMap<string, string>): string | null {
  return ids.get('name') ?? ids.get('id') ?? null;
}

/** A name as an id that `requires` and `undo` can name. */
function nameOf(name: string): string {
  const bare = name.trim();
  return /^[^\s#{}"'=,]+$/.test(bare) ? bare : slug(bare);
}

function jsonEntries(text: string): readonly (readonly [string, string])[] | null {
  if (!/^\{\s*"/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    return Object.entries(value).map(([key, entry]) => [key, typeof entry === 'object' ? JSON.stringify(entry) : String(entry)] as const);
  } catch {
    return null;
  }
}
