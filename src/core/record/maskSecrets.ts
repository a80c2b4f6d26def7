import { REDACTED } from './redact.ts';

/** A base64 text in which a value stands among others keeps so many of its own characters at least to be looked for. */
const SHORTEST_PIECE = 6;
/** The beginning of a value at the very end of a text is taken for it from so many characters on. */
const SHORTEST_BEGINNING = 3;

/**
 * Makes a function that takes known secrets out of a text: as they are, in
 * base64 (alone or within a longer text, in both alphabets, wrapped over
 * lines), escaped as in JSON, as in an address and in hexadecimal; and the
 * beginning of one with which a text breaks off. Best effort: what a program
 * does otherwise with a secret is not recognised.
 *
 * @param values secrets, none of them empty
 */
export function secretMask(values: Iterable<string>): (text: string) => string {
  const secrets = [...new Set(values)].filter((value) => value !== '');
  if (secrets.length === 0) return (text) => text;
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(forms.join('|'), 'g');
  return (text) => withoutBeginning(text.replace(pattern, REDACTED), secrets);
}

/** Sources of regular expressions, each for one way to write a value. */
function formsOf(value: string): readonly string[] {
  const bytes = bytesOf(value);
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const slashed = json.replaceAll('/', '\\/');
  const plain = [value, json, ascii, slashed, JSON.stringify(json).slice(1, -1), percentEncoded(value), percentEncoded(value).replaceAll('%20', '+')];
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const encoded = [0, 1, 2].flatMap((offset) => base64Piece(bytes, offset));
  return [...plain.map(escaped), wrapped(hex), wrapped(hex.toUpperCase()), ...encoded.flatMap((piece) => [within(piece), within(piece.replaceAll('+', '-').replaceAll('/', '_'))])];
}

/** The characters of a base64 text that depend on the value alone when so many bytes stand before it. */
function base64Piece(bytes: readonly number[], offset: number): readonly string[] {
  const characters = base64([...Array.from({ length: offset }, () => 0), ...bytes]);
  const from = offset === 0 ? 0 : offset + 1;
  const to = Math.floor(((offset + bytes.length) * 8) / 6);
  const piece = characters.slice(from, to);
  return piece.length < SHORTEST_PIECE ? [] : [piece];
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: readonly number[]): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,6}/g) ?? []).map((six) => ALPHABET[parseInt(six.padEnd(6, '0'), 2)] ?? '').join('');
}

/** In UTF-8. */
function bytesOf(value: string): readonly number[] {
  return [...percentEncoded(value).matchAll(/%([0-9A-F]{2})|[^]/g)].map(([character, hex]) => (hex === undefined ? character.charCodeAt(0) : parseInt(hex, 16)));
}

function percentEncoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair: no address can hold it.
    return encodeURIComponent(value.replace(/[\ud800-\udfff]/g, '\ufffd'));
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Matches a text that may be broken over lines anywhere, as base64 and xxd break theirs. */
function wrapped(text: string): string {
  return [...text].map(escaped).join('(?:\\r?\\n)?');
}

/** A piece of base64 with the characters at its ends, which may hold some bits of the value and some of its neighbours. */
function within(piece: string): string {
  const edge = '(?:[\\w+/-](?:\\r?\\n)?)?';
  return `${edge}${wrapped(piece)}(?:\\r?\\n)?[\\w+/-]?={0,2}`;
}

function withoutBeginning(text: string, secrets: readonly string[]): string {
  let cut = text.length;
  for (const secret of secrets) {
    const end = text.slice(-(secret.length - 1));
    for (let length = Math.min(end.length, secret.length - 1); length >= SHORTEST_BEGINNING; length--) {
      if (!text.endsWith(secret.slice(0, length))) continue;
      cut = Math.min(cut, text.length - length);
      break;
    }
  }
  return cut === text.length ? text : text.slice(0, cut) + REDACTED;
}
