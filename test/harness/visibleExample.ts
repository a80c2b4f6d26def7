const LONGEST_LINE = 60;

/** An example as it can be printed: characters that cannot be seen by their code points, long lines cut. */
export function visibleExample(text: string): string {
  return text
    .replace(/[\u0000\u200b]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/^.*$/gm, (line) => (line.length > LONGEST_LINE && line.startsWith('> > ') ? `${line.slice(0, LONGEST_LINE)}…` : line));
}
