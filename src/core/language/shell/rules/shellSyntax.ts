import type { ShellRule } from '../finding.ts';
import { posixProblem } from '../posixStructure.ts';
import { pwshProblem } from '../pwshStructure.ts';

/**
 * The first place where a block cannot be what a shell reads. Only what two
 * readings agree on: a grammar takes some of what shells do for an error.
 */
export const shellSyntax: ShellRule = ({ grammar, exact, text, tree }) => {
  if (!exact || !tree.hasError) return [];
  const problem = grammar === 'bash' ? posixProblem(text) : pwshProblem(text);
  return problem === null ? [] : [{ severity: 'error', code: 'shell-syntax', ...problem }];
};
