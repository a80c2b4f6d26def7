import { about } from './about.ts';
import type { Attributes } from './attributes.ts';
import { ENV_PREFIX } from './attributeTable.ts';
import { UNSEEN } from './hiddenCharacters.ts';
import type { Diagnostic } from './model.ts';
import type { NamedValue } from './setup/model.ts';
import { isActedOn, problemWithOwnName } from './setup/variableName.ts';

const LONGEST_VALUE = 4_096;

/** Reads `env.NAME=value`: variables of this block alone. What is wrong is reported and not set. */
export function readBlockEnvironment({ values }: Attributes, line: number, diagnostics: Diagnostic[]): readonly NamedValue[] {
  const read: NamedValue[] = [];
  for (const [key, value] of values) {
    if (!key.startsWith(ENV_PREFIX)) continue;
    const name = key.slice(ENV_PREFIX.length);
    const problem = problemWithOwnName(name) ?? problemWithText(value);
    if (problem !== null) {
      diagnostics.push({ severity: 'error', code: 'bad-value', message: `"${key}": ${name} ${problem}`, line, ...about(key) });
      continue;
    }
    if (isActedOn(name)) diagnostics.push({ severity: 'info', code: 'acts-on-programs', message: `"${key}" sets a variable that decides which programs or libraries run, or how. It is set for this block, and shown with it; make sure that it is meant.`, line, ...about(key) });
    read.push({ name, value: String(value) });
  }
  return read;
}

function problemWithText(value: string | true): string | null {
  if (value === true) return 'needs a value; write ="" for an empty one. It is not set.';
  if (value.length > LONGEST_VALUE || UNSEEN.test(value)) return `has a value of more than ${String(LONGEST_VALUE)} characters, or with some that cannot be seen. It is not set.`;
  return null;
}
