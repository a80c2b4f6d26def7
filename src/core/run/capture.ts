import { REDACTED } from '../record/redact.ts';

/** What the runner kept of a block's standard output, byte for byte as text; or why there is nothing to take. */
export type CapturedText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'tooLarge' | 'notText' | 'missing' };

/** Most that is taken, in bytes: an environment variable has to hold it. */
export const CAPTURE_LIMIT = 64 * 1024;

/**
 * The value that a block's standard output becomes: without blanks and line
 * ends at its ends. When it cannot be taken, why, as a sentence.
 * @param mask takes known secrets out of a text
 */
export function capturedValue(name: string, captured: CapturedText, mask: (text: string) => string): { readonly value: string } | { readonly problem: string } {
  const not = (why: string): { readonly problem: string } => ({ problem: `${name} was not captured: ${why}` });
  switch (captured.kind) {
    case 'missing':
      return not('what it printed was not kept by the runner.');
    case 'tooLarge':
      return not(`it printed more than ${String(CAPTURE_LIMIT / 1024)} KB. Print the value alone.`);
    case 'notText':
      return not('what it printed is no text in UTF-8, or holds NUL bytes.');
    case 'text': {
      const value = captured.text.trim();
      // It would stand in the record, and a value without it is another value.
      return mask(value) === value && !value.includes(REDACTED) ? { value } : not('it holds a secret, which is kept nowhere. Later steps get the secret itself by its own name.');
    }
  }
}
