import type { Attributes } from './attributes.ts';
import { isShell } from './fences.ts';
import type { Command } from './model.ts';

const COMMENT = /^\s*#/;
const BATCH_COMMENT = /^\s*(?:rem\b|::|@\s*rem\b)/i;

/** What keeps a step from being done just so. */
const GUARDS = ['confirm', 'requires', 'by', 'approvers', 'irreversible'] as const;

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

/**
 * What becomes of the step of a block that claims something and holds only
 * comments, as a sentence: nobody may take a checkbox for a check.
 * @param hasStep the block stands in an item, which stays a step without it
 */
export function withoutBlock(claim: 'undo' | 'verify' | 'check', { id, values }: Attributes, hasStep: boolean): string {
  if (claim === 'undo') return '';
  const guards = [...(id === null ? [] : [`#${id}`]), ...GUARDS.filter((name) => values.has(name))];
  const lost = guards.length === 0 ? '' : ` What its annotation asks for (${guards.join(', ')}) is not asked for either.`;
  return hasStep ? ` Unless its item has other commands, it is ticked by hand now, and nothing is checked by that.${lost}` : ` There is no step for it.${lost}`;
}
