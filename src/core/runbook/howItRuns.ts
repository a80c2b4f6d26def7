import type { CommandOptions } from './model.ts';

/** What decides how a block runs beside its text, in words for its header; empty when nothing is said. */
export function howItRuns({ interpreter, env, capture, file }: Pick<CommandOptions, 'interpreter' | 'env' | 'capture' | 'file'>): readonly string[] {
  return [...(file === undefined ? [] : [`writes ${file}`]), ...(interpreter === undefined ? [] : [`run by ${interpreter.map(quotedWord).join(' ')}`]), ...(env ?? []).map(({ name, value }) => `${name}=${value}`), ...(capture === undefined ? [] : [`captures ${capture}`])];
}

/** A word with blanks in it, so that its ends are seen. */
function quotedWord(word: string): string {
  return word === '' || /\s/.test(word) ? `“${word}”` : word;
}
