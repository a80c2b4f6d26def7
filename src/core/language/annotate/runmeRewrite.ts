import { parseAttributes } from '../../runbook/attributes.ts';

/**
 * An annotation of Runme in words of this format, or null: it is none, or says
 * something that cannot be said here, such as a folder counted from the file.
 */
export function ourAnnotation(text: string): string | null {
  const { attributes, diagnostics } = parseAttributes(text, 1);
  const { id, values } = attributes;
  if (attributes.hasRunme !== true || (attributes.fromDocument === true && values.has('cwd')) || diagnostics.some(({ severity }) => severity !== 'info')) return null;
  const words = [...(id === null ? [] : [`#${id}`]), ...Array.from(values, ([name, value]) => (value === true ? name : `${name}=${worded(value)}`))];
  return `{${words.join(' ')}}`;
}

/** A value bare where it can be, else in quotes. */
function worded(value: string): string {
  return /^[^\s"'{}/\\]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
