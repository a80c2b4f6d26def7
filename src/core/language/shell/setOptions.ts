import type { ShellCall } from './shellCall.ts';

/** Whether `set` turns on an option before an offset, by its letter (`-eu`) or its name (`-o nounset`). */
export function setsOption(calls: readonly ShellCall[], before: number, name: RegExp, letter?: RegExp): boolean {
  return calls.some((call) => call.name === 'set' && call.start < before && call.args.some(({ literal }, index) => {
    if (literal === null) return false;
    // `-o` may stand at the end of other letters, as in `set -euo pipefail`.
    if (/^-[a-z]*o$/.test(call.args[index - 1]?.literal ?? '')) return name.test(literal);
    return /^-[a-z]+$/.test(literal) && letter?.test(literal.slice(1)) === true;
  }));
}
