/** Longest part of a derived id, in characters. */
const LIMIT = 48;

/** FNV-1a, 32 bits: names things, protects nothing. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0').slice(0, 6);
}

/**
 * Turns a title into a part of an id: lower case, letters and digits of any
 * script, joined by hyphens. A title that is long or has no letters is told
 * apart by a hash.
 */
export function slug(title: string): string {
  const words = /^[\x20-\x7e]*$/.test(title) ? plainSlug(title) : anySlug(title);
  if (words === '') return `x-${shortHash(title)}`;
  return words.length <= LIMIT ? words : `${words.slice(0, LIMIT - 7).replace(/-+$/, '')}-${shortHash(title)}`;
}

/** For the common case; a regular expression over all scripts is ten times slower. */
function plainSlug(title: string): string {
  return title.toLowerCase().replaceAll("'", '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function anySlug(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKC')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/** Gives out ids and keeps them apart: the second `a` becomes `a~2`. */
export class IdRegister {
  readonly #seen = new Map<string, number>();

  /** @returns `wanted`, or `wanted~n` when it has been given out before. */
  take(wanted: string): string {
    const count = this.#seen.get(wanted) ?? 0;
    this.#seen.set(wanted, count + 1);
    if (count === 0) return wanted;
    // `a~2` may itself have been written by an author.
    return this.take(`${wanted}~${count + 1}`);
  }

  has(id: string): boolean {
    return this.#seen.has(id);
  }
}
