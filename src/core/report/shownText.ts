/**
 * Control characters (apart from line feed and tab), characters that turn the
 * direction of what follows, spaces without width, line and paragraph
 * separators: they make words say another thing than they hold.
 */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Text of a record as a reader may see it: line ends are LF, what cannot be seen is named, as `[U+202E]`. */
export function shownText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSEEN, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** The same in one line, with single spaces. */
export function shownLine(text: string): string {
  return shownText(text).replace(/\s+/g, ' ').trim();
}
