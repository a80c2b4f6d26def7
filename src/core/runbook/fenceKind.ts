import { parseAttributes } from './attributes.ts';
import { isShell, type FenceInfo } from './fences.ts';
import { readInterpreter } from './interpreter.ts';
import { readFilePath } from './filePath.ts';
import { REQUEST_LANGUAGE } from './vocabulary.ts';

/**
 * Whether a fence that is not empty holds something that can be run: commands
 * of a shell, a request that is a check, a text for a program that its
 * annotation names, or the content of a file. What names no usable program stays content: it must not
 * come to a shell that its author never meant.
 */
export function isRunnable({ language, annotation }: FenceInfo): boolean {
  // A script that is to be written must not be run instead.
  const file = annotation?.includes('file') === true ? valueOf(annotation, 'file') : undefined;
  if (file !== undefined) return typeof readFilePath(file) !== 'string';
  if (isShell(language)) return true;
  if (annotation === null) return false;
  if (language === REQUEST_LANGUAGE) return /[{\s]check[\s}]/.test(annotation);
  return annotation.includes('interpreter') && namesProgram(annotation);
}

function namesProgram(annotation: string): boolean {
  const value = valueOf(annotation, 'interpreter');
  return value !== undefined && typeof readInterpreter(value) !== 'string';
}

/** What an annotation gives to an attribute. */
export function valueOf(annotation: string, name: string): string | true | undefined {
  return parseAttributes(annotation, 0).attributes.values.get(name);
}
