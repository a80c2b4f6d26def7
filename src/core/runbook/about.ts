import type { Diagnostic } from './model.ts';

/**
 * What a finding is about, for its diagnostic.
 * @param subject the word of the source that is underlined, as it stands there; nothing for the whole line
 * @param suggestion what was probably meant in its place
 */
export function about(subject: string | null | undefined, suggestion: string | null = null): Pick<Diagnostic, 'subject' | 'suggestion'> {
  return { ...(subject === null || subject === undefined || subject === '' ? {} : { subject }), ...(suggestion === null ? {} : { suggestion }) };
}

/** What is underlined of an attribute whose value is wrong: the value, or its name when it has none. */
export function valueOrName(name: string, value: string | true | undefined): string {
  return typeof value === 'string' && value.trim() !== '' ? value : name;
}
