import { literalOf } from './bashWord.ts';
import type { CheckedBlock } from './finding.ts';
import { setsOption } from './setOptions.ts';
import { nodesOf } from './walkTree.ts';

/** Variables that a shell or a run always has. */
const ALWAYS: ReadonlySet<string> = new Set(['HOME', 'PWD', 'OLDPWD', 'USER', 'LOGNAME', 'HOSTNAME', 'SHELL', 'GUIDED_RUNBOOKS_RUN']);

/** Whether a variable is certain to hold something at an offset of a block for sh or bash. What is only likely is not certain. */
export function isCertain(block: CheckedBlock, name: string, at: number): boolean {
  return ALWAYS.has(name) || setsOption(block.calls, at, /^nounset$/, /u/) || isGiven(block, name) || isSetBefore(block, name, at) || isTestedBefore(block, name, at);
}

/** Variables that the block's annotation or the start of every run gives. */
function isGiven({ command, runbook }: CheckedBlock, name: string): boolean {
  const filled = ({ name: given, value }: { readonly name: string; readonly value: string }): boolean => given === name && value !== '';
  const { environments = [], inputs = [] } = runbook.frontMatter.setup ?? {};
  if (command.options.env?.some(filled) === true) return true;
  if (environments.length > 0 && environments.every(({ variables }) => variables.some(filled))) return true;
  return inputs.some((input) => input.name === name && (input.required || (input.default ?? '') !== ''));
}

/** Given something that is not empty, or a loop's word. */
function isSetBefore({ tree, text }: CheckedBlock, name: string, at: number): boolean {
  return nodesOf(tree, 'variable_assignment', 'for_statement').some((node) => {
    if (node.start >= at) return false;
    const named = node.children.find(({ type }) => type === 'variable_name');
    if (named === undefined || text.slice(named.start, named.end) !== name) return false;
    if (node.type === 'for_statement') return true;
    const value = node.children.at(-1);
    return value !== undefined && value !== named && value.type !== '=' && holdsSomething(value.start, value.end, text, literalOf(value, text));
  });
}

/** A literal, a text with a literal part, or the output of a program that never prints nothing. */
function holdsSomething(start: number, end: number, text: string, literal: string | null): boolean {
  if (literal !== null) return literal !== '';
  // Nobody writes as much for nothing.
  if (end - start > 2_000) return true;
  const source = text.slice(start, end);
  const rest = source.replace(/\$\(.*\)|`.*`|\$\{[^}]*\}|\$\w+|["']/gs, '');
  return rest !== '' || /^"?(?:\$\(|`)\s*(?:mktemp|pwd|date|hostname|whoami)\b/.test(source) || /:[-?=]./.test(source);
}

/** Looked at by a test (`[ -n "$DIR" ]`), or demanded (`: "${DIR:?}"`), before. */
function isTestedBefore({ tree, text, calls }: CheckedBlock, name: string, at: number): boolean {
  const mentioned = new RegExp(`\\$\\{?${name}\\b`);
  const demanded = new RegExp(`^\\$\\{${name}:?[?=]`);
  const isBefore = ({ start }: { readonly start: number }): boolean => start < at;
  const tests = [...nodesOf(tree, 'test_command'), ...calls.filter((call) => call.name === 'test')];
  return tests.some((test) => isBefore(test) && mentioned.test(text.slice(test.start, test.end))) || nodesOf(tree, 'expansion').some((node) => isBefore(node) && demanded.test(text.slice(node.start, node.end)));
}
