import type { ShellRule } from '../finding.ts';
import { removedPaths } from '../destroys.ts';
import { setsOption } from '../setOptions.ts';
import { hasOption, wordsOf, type ShellCall } from '../shellCall.ts';

/** `cd` that may fail in front of something that removes what is here, wherever that is. */
export const cdUnguarded: ShellRule = ({ grammar, calls, tree, text }) => {
  if (grammar !== 'bash') return [];
  const isStatement = ({ parents }: ShellCall): boolean => parents.at(-1) === tree;
  return calls.flatMap((call, index) => {
    if (!/^(?:cd|pushd)$/.test(call.name) || !isStatement(call) || isSafePlace(call) || setsOption(calls, call.start, /^errexit$/, /e/)) return [];
    const next = calls.slice(index + 1).find((later) => removesHere(later) || (/^(?:cd|pushd|popd)$/.test(later.name) && isStatement(later)));
    if (next === undefined || !removesHere(next)) return [];
    return [{ severity: 'warning' as const, code: 'cd-unguarded', message: `If this folder is not there, the block goes on where it is, and “${next.name}” removes there. Write “cd … || exit 1”, or begin the block with “set -e”.`, start: call.start, end: call.end, subject: text.slice(call.start, call.end), suggestion: `${text.slice(call.start, call.end)} || exit 1` }];
  });
};

function isSafePlace({ args }: ShellCall): boolean {
  const place = args[0]?.literal;
  return args.length === 0 || place === '/' || place === '/tmp' || place === '~';
}

/** It removes many things by a name that begins where the shell is. */
function removesHere(call: ShellCall): boolean {
  if (call.name === 'rm') return removedPaths(call).some((path) => path !== null && !/^[/~$]/.test(path) && (path.includes('*') || hasOption(call, /[rR]/, /^--recursive$/)));
  if (call.name === 'find') return call.args[0]?.literal?.startsWith('.') === true && / (?:-delete|-exec rm)(?: |$)/.test(wordsOf(call));
  return call.name === 'git' && / clean(?: .*)? -[A-Za-z]*f/.test(wordsOf(call));
}
