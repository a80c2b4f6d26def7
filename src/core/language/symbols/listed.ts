import { rangeOf, type Lines, type Range } from '../text.ts';

/** The parts of a value such as `a,b`, each where it stands. */
export function listed(lines: Lines, value: Range): readonly { readonly text: string; readonly range: Range }[] {
  const { line, character } = value.start;
  return Array.from(lines.textIn(value).matchAll(/[^,\s]+/g), (match) => ({ text: match[0], range: rangeOf(line, character + match.index, character + match.index + match[0].length) }));
}
