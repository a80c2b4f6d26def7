import { shownLine, shownText } from '../shownText.ts';

/** Ends a word without being seen: a mention or a reference is looked for in the words that a reader gets. */
const SPACE = '&#8203;';
/** Ends a word for the reader of Markdown only, so that an address can still be copied. */
const NOTHING = '<!-- -->';

/**
 * Words of a record or a document in a line of Markdown, at its start too: they
 * mean nothing there. No emphasis, code, links, images, HTML, table cells, mathematics; and
 * nothing that hosts of repositories make of plain text afterwards: mentions,
 * references, addresses.
 */
export function inline(text: string): string {
  const escaped = htmlEscaped(shownLine(text)).replace(/[\\`*_[\]|~$]/g, '\\$&');
  // At the start of a block these would begin a list, a heading or a rule.
  return apart(escaped.replace(/^[-+#=]/, '\\$&').replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2'));
}

/** The same inside HTML that stands in Markdown, where backslashes would be seen. Markdown's own marks mean nothing between the tags of a block. */
export function insideHtml(text: string): string {
  return apart(htmlEscaped(shownLine(text)));
}

/** Words as code in a line. A table cell may hold it. */
export function code(text: string): string {
  return `<code>${apart(htmlEscaped(shownLine(text)).replace(/[\\`*_[\]|~$]/g, (character) => `&#${String(character.charCodeAt(0))};`))}</code>`;
}

/** A block of code, byte for byte but for what cannot be seen; `language` decides its colours only. */
export function fence(text: string, language = ''): string {
  const shown = shownText(text).replace(/\n$/, '');
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${/^[\w+-]{1,20}$/.test(language) ? language : ''}\n${shown}\n${marks}`;
}

/** Lines set in by so many spaces, so that they belong to the list item before them. */
export function indented(text: string, spaces: number): string {
  return text.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(spaces)}${line}`)).join('\n');
}

function htmlEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function apart(text: string): string {
  return text
    .replace(/(?<=\w)@(?=\w)/g, `@${NOTHING}`)
    .replace(/(?<!\w)@(?=\S)/g, `@${SPACE}`)
    .replace(/(?<!&)#(?=\d)/g, `#${SPACE}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${SPACE}`)
    .replaceAll('://', `:${NOTHING}//`)
    .replace(/\/(?=\/)/g, `/${NOTHING}`)
    .replace(/\b(mailto|xmpp):/gi, `$1${NOTHING}:`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}${NOTHING}.`);
}
