import { shownLine, shownText } from '../shownText.ts';

/** Words between tags or in a quoted attribute, in one line. */
export function line(text: string): string {
  return escaped(shownLine(text));
}

/** The same, keeping its lines: for `pre`. */
export function block(text: string): string {
  return escaped(shownText(text));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
