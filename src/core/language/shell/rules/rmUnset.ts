import type { CheckedBlock, ShellFinding, ShellRule } from '../finding.ts';
import { isCertain } from '../knownVariables.ts';
import { hasOption, type ShellWord } from '../shellCall.ts';

/** `$DIR` or `${DIR}`, also with a default that is empty; what insists on a value is something else. */
const VARIABLE = /\$(?:(?<bare>[A-Za-z_]\w*)|\{(?<braced>[A-Za-z_]\w*)(?::?-)?\})/g;

/** Removing below a folder whose name is in a variable: with an empty one, it removes everything that is beside. */
export const rmUnset: ShellRule = (block) => {
  if (block.grammar !== 'bash') return [];
  return block.calls
    .filter((call) => call.name === 'rm' && hasOption(call, /[rR]/, /^--recursive$/))
    .flatMap(({ args }) => args.flatMap((word) => riskOf(block, word) ?? []));
};

function riskOf(block: CheckedBlock, word: ShellWord): ShellFinding | null {
  if (word.literal !== null || word.source.includes("'")) return null;
  const path = word.source.replaceAll('"', '');
  for (const match of path.matchAll(VARIABLE)) {
    const name = match.groups?.['bare'] ?? match.groups?.['braced'] ?? '';
    const left = removedInstead(path.slice(0, match.index), path.slice(match.index + match[0].length));
    if (left === null || isCertain(block, name, word.start)) continue;
    return {
      severity: 'warning',
      code: 'rm-unset',
      message: `If ${name} is empty or not set, this removes ${left}. Write \${${name}:?} in its place: the command stops then. (“set -u” in front stops it when ${name} is not set, but not when it is empty.)`,
      start: word.start,
      end: word.end,
      subject: match[0],
      suggestion: `\${${name}:?}`,
    };
  }
  return null;
}

/** What a path names when the variable in it is empty, in words; null when that is nothing worse. */
function removedInstead(before: string, after: string): string | null {
  if (before.includes('$') || /[`(]/.test(before)) return null;
  const rest = after.replace(/\$(?:\w+|\{[^}]*\}).*$/s, '');
  if (before === '') return !rest.startsWith('/') ? null : /^\/\*?$/.test(rest) ? 'everything below /' : `${rest} at the root of the disk`;
  // A folder of its own below an absolute path: without its name, all of them.
  if (!/^(?:\/|~\/).*\/$/.test(before) || !/^(?:\/?\*?|\/)$/.test(after)) return null;
  return `all of ${before}`;
}
