/** Characters that turn the direction of what follows, so that words can be made to say another thing than they hold. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Words with their direction characters named, as `U+202E`: titles and prose of people who write from right to left need none of them. */
export function namedDirections(words: string): string {
  return words.replace(DIRECTIONS, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase()}]`);
}
