import type { ShellRule } from '../finding.ts';
import { nodesOf } from '../walkTree.ts';

const REMOVES = /^(?:remove-item|rm|ri|del|rmdir|rd|erase)$/;
/** Variables that PowerShell always has. */
const ALWAYS = /^(?:home|pwd|pshome|psscriptroot|env:temp|env:tmp|env:userprofile|_|psitem)$/i;

/** The same in PowerShell: `Remove-Item -Recurse "$dir\*"` with an empty $dir. */
export const removeItemUnset: ShellRule = ({ grammar, calls, tree, text }) => {
  if (grammar !== 'powershell' || /Set-StrictMode/i.test(text)) return [];
  const assigned = new Set(nodesOf(tree, 'left_assignment_expression', 'foreach_statement', 'param_block').flatMap((node) => nodesOf(node, 'variable')).map(({ start, end }) => text.slice(start, end).toLowerCase()));
  return calls
    .filter((call) => REMOVES.test(call.name) && call.args.some(({ source }) => /^-r(?:ec(?:urse)?)?$/i.test(source)))
    .flatMap(({ args }) => args.flatMap((word) => {
      const variable = /^"?\$\{?([\w:]+)\}?[\\/]/.exec(word.source)?.[1];
      if (variable === undefined || ALWAYS.test(variable) || assigned.has(`$${variable.toLowerCase()}`) || isTested(text.slice(0, word.start), variable)) return [];
      return [{ severity: 'warning' as const, code: 'rm-unset', message: `If $${variable} is empty, this removes from the root of the drive. Look at it first: if (-not $${variable}) { throw "${variable} is empty" }.`, start: word.start, end: word.end }];
    }));
};

function isTested(before: string, variable: string): boolean {
  const name = variable.replace(/[^\w:]/g, '');
  return new RegExp(`\\bif\\s*\\([^)]*\\$\\{?${name}\\b|Test-Path[^\\n]*\\$\\{?${name}\\b`, 'i').test(before);
}
