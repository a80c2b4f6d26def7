import { parseAttributes } from './attributes.ts';
import { isShell, type FenceInfo } from './fences.ts';
import { readInterpreter } from './interpreter.ts';
import { REQUEST_LANGUAGE } from './vocabulary.ts';

/**
 * Whether a fence that is not empty holds something that can be run: commands
 * of a shell, a request that is a check, or a text for a program that its
 * annotation names. What names no usable program stays content: it must not
 * come to a shell that its author never meant.
 */
export function isRunnable({ language, annotation }: FenceInfo): boolean {
  if (isShell(language)) return true;
  if (annotation === null) return false;
  if (language === REQUEST_LANGUAGE) return /[{\s]check[\s}]/.test(annotation);
  return annotation.includes('interpreter') && namesProgram(annotation);
}

function namesProgram(annotation: string): boolean {
  const value = parseAttributes(annotation, 0).attributes.values.get('interpreter');
  return value !== undefined && typeof readInterpreter(value) !== 'string';
}
