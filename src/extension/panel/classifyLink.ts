/** What a link of the document asks for; null: nothing that is opened. */
export type LinkTarget =
  | { readonly kind: 'web'; readonly url: string }
  /** A place in the same document, decoded. */
  | { readonly kind: 'anchor'; readonly name: string }
  /** A path relative to the document, with `/`, and a place in that file if the link names one; decoded. */
  | { readonly kind: 'file'; readonly path: string; readonly place: string | null };

/** Not a host that exists: a relative link is one that stays on it. */
const NOWHERE = 'https://relative.invalid/';

/**
 * Judges a link as a browser would read it. Only http, https, relative paths
 * and `#` get through: no other scheme, no host without a scheme, no absolute
 * path, no control characters, no backslashes, no encoded slashes.
 */
export function classifyLink(href: string): LinkTarget | null {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (href === '' || /[\u0000-\u0020\u007f\\]/.test(href)) return null;
  if (/^https?:\/\//i.test(href)) return URL.canParse(href) ? { kind: 'web', url: new URL(href).href } : null;
  if (href.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(href) || !URL.canParse(href, NOWHERE)) return null;
  if (new URL(href, NOWHERE).origin !== new URL(NOWHERE).origin) return null;
  if (href.startsWith('#')) {
    const name = decoded(href.slice(1));
    return name === null ? null : { kind: 'anchor', name };
  }
  const path = decoded(href.replace(/[?#].*$/, ''));
  return path === null ? null : { kind: 'file', path, place: decoded(/#(.*)$/.exec(href)?.[1] ?? '') };
}

/** Null for nothing, and for what would be another path once it is decoded. */
function decoded(encoded: string): string | null {
  if (encoded === '' || /%(2f|5c|00)/i.test(encoded)) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** A heading's anchor as Git hosts make it. */
export function headingAnchor(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replace(/ /g, '-');
}
