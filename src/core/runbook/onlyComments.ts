import type { Attributes } from './attributes.ts';
import { isShell } from './fences.ts';
import type { Command } from './model.ts';

const COMMENT = /^\s*#/;
const BATCH_COMMENT = /^\s*(?:rem\b|::|@\s*rem\b)/i;

/** Whether nothing in a block of a shell would run: a template that nobody has filled in. It would succeed and do nothing. */
export function holdsOnlyComments({ language, text }: Pick<Command, 'language' | 'text'>): boolean {
  if (!isShell(language)) return false;
  const comment = language === 'cmd' || language === 'bat' ? BATCH_COMMENT : COMMENT;
  return text.split('\n').every((line) => line.trim() === '' || comment.test(line));
}

/** The attribute by which a block says that its success means something; null for none. */
export function claimOf({ values }: Attributes): 'undo' | 'verify' | 'check' | null {
  return (['undo', 'verify', 'check'] as const).find((name) => values.has(name)) ?? null;
}
