import { perSource } from './perSource.ts';
import type { RunbookSource } from './source.ts';
import { rangeOf, type Range } from './text.ts';

/** A place of the text that names another place or file. */
export interface LinkPlace {
  /** Where its path leads from: a link and a member of the package from the document, a block's file and folder from the workspace folder. */
  readonly from: 'document' | 'workspace';
  readonly what: 'link' | 'member' | 'file' | 'folder';
  /** Relative, decoded; null for a place in the same document. */
  readonly path: string | null;
  /** Name of a place in it; null for none. */
  readonly fragment: string | null;
  readonly range: Range;
  readonly fragmentRange: Range | null;
}

const INLINE = /\]\(\s*(<[^<>]*>|[^\s()<>]+)/g;
const REFERENCE = /^ {0,3}\[[^\]]+\]:\s*(<[^<>]*>|\S+)/;

/** Links, members of the package, and files and folders that blocks name, in document order. */
export const linkPlaces = perSource((source: RunbookSource): readonly LinkPlace[] => [...members(source), ...written(source), ...files(source)]);

function members({ lines, frontMatter, runbook }: RunbookSource): readonly LinkPlace[] {
  if (frontMatter === null) return [];
  const found: LinkPlace[] = [];
  for (const { path, line } of runbook.frontMatter.package ?? []) {
    // A list's items have no entries of their own, so they are looked for where the parser found them.
    const text = lines.lineText(line - 1);
    const name = path.split('/').at(-1) ?? path;
    const at = text.includes(path) ? text.indexOf(path) : text.indexOf(name);
    if (at === -1) continue;
    const range = rangeOf(line - 1, at, at + (text.includes(path) ? path : name).length);
    found.push({ from: 'document', what: 'member', path, fragment: null, range, fragmentRange: null });
  }
  return found;
}

function written({ lines, fences, frontMatter }: RunbookSource): readonly LinkPlace[] {
  const found: LinkPlace[] = [];
  let next = 0;
  for (let line = frontMatter === null ? 0 : frontMatter.endLine + 1; line < lines.count; line++) {
    const fence = fences[next];
    if (fence !== undefined && line >= fence.line) {
      line = fence.endLine;
      next++;
      continue;
    }
    const text = lines.lineText(line);
    if (!text.includes('](') && !text.includes(']:')) continue;
    const definition = REFERENCE.exec(text);
    const matches = definition === null ? [...text.matchAll(INLINE)] : [definition];
    for (const match of matches) {
      const whole = match[1] ?? '';
      const href = whole.replace(/^<|>$/g, '');
      const start = match.index + match[0].length - whole.length + (whole.startsWith('<') ? 1 : 0);
      const link = linkOf(href, line, start);
      if (link !== null) found.push(link);
    }
  }
  return found;
}

function linkOf(href: string, line: number, start: number): LinkPlace | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//')) return null;
  const hash = href.indexOf('#');
  const path = decoded(hash === -1 ? href : href.slice(0, hash));
  const fragment = hash === -1 ? null : decoded(href.slice(hash + 1));
  if (path === null || (path === '' && fragment === null)) return null;
  return {
    from: 'document',
    what: 'link',
    path: path === '' ? null : path,
    fragment,
    range: rangeOf(line, start, start + href.length),
    fragmentRange: hash === -1 ? null : rangeOf(line, start + hash + 1, start + href.length),
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function files({ annotations }: RunbookSource): readonly LinkPlace[] {
  return annotations.flatMap(({ tokens }) =>
    tokens.flatMap(({ token, value }): LinkPlace[] => {
      if (token.kind !== 'attribute' || typeof token.value !== 'string' || value === null || token.value === '') return [];
      const what = token.name === 'file' ? 'file' : token.name === 'cwd' ? 'folder' : null;
      return what === null ? [] : [{ from: 'workspace', what, path: token.value, fragment: null, range: value, fragmentRange: null }];
    }),
  );
}
