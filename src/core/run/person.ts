import type { Actor } from './events.ts';

/**
 * Whether two stated identities may be one person: the same e-mail address or
 * the same name, however written. A rule for two people rather holds off a
 * namesake than lets somebody through with another address.
 */
export function maybeSamePerson(a: Actor, b: Actor): boolean {
  if (a.email !== null && b.email !== null && plain(a.email) === plain(b.email)) return true;
  return plain(a.name) === plain(b.name);
}

function plain(words: string): string {
  return words.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
