import type { ShellRule } from '../finding.ts';
import { posixProblem } from '../posixStructure.ts';
import { pwshProblem } from '../pwshStructure.ts';

/**
 * The first place where a block cannot be what a shell reads. Only what two
 * readings agree on: a grammar takes some of what shells do for an error. A few
 * things it is known to pass over, so that nobody could agree on them.
 */
export const shellSyntax: ShellRule = ({ grammar, exact, text, tree }) => {
  if (!exact) return [];
  const problem = grammar === 'bash' ? posixProblem(text) : pwshProblem(text);
  if (problem === null || (!tree.hasError && problem.isOverlooked !== true)) return [];
  const { start, end, message } = problem;
  return [{ severity: 'error', code: 'shell-syntax', message, start, end }];
};
