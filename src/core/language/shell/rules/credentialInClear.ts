import { bashWord } from '../bashWord.ts';
import { hasPlaceholder, type CheckedBlock, type ShellFinding, type ShellRule } from '../finding.ts';
import { canBeSecret, KEY_SHAPES, namesSecret } from '../../../runbook/secretWords.ts';
import { secretsOfCall } from '../secretsOfCall.ts';
import { nodesOf } from '../walkTree.ts';
import { pwshWord } from '../pwshCalls.ts';

const MESSAGE = 'This looks like a secret in clear: everybody who can read the document, its history or a record of a run has it. Take it from a variable that is set at the start (inputs with “secret: true”), and change it where it is used.';

/** Passwords, tokens and keys that are written out. */
export const credentialInClear: ShellRule = (block) => {
  const spans = [...assigned(block), ...block.calls.flatMap(secretsOfCall), ...shapes(block.text)];
  const found: ShellFinding[] = [];
  for (const { start, end } of spans.sort((one, other) => one.start - other.start)) {
    if (hasPlaceholder(block, start, end) || start < (found.at(-1)?.end ?? 0)) continue;
    found.push({ severity: 'warning', code: 'credential-in-clear', message: MESSAGE, start, end });
  }
  return found;
};

interface Span {
  readonly start: number;
  readonly end: number;
}

function assigned({ grammar, tree, text }: CheckedBlock): readonly Span[] {
  const isBash = grammar === 'bash';
  return nodesOf(tree, isBash ? 'variable_assignment' : 'assignment_expression').flatMap((node) => {
    const name = node.children[0];
    const value = node.children.at(-1);
    if (name === undefined || value === undefined || value === name || !namesSecret(text.slice(name.start, name.end).replace(/^\$(?:env:)?/i, ''))) return [];
    const { literal, start, end, source } = (isBash ? bashWord : pwshWord)(value, text);
    if (literal === null || !canBeSecret(literal) || (!isBash && !/^["']/.test(source))) return [];
    return [{ start, end }];
  });
}

function shapes(text: string): readonly Span[] {
  return [...text.matchAll(KEY_SHAPES)].filter(([key]) => !key.endsWith('EXAMPLE')).map(({ index, 0: key }) => ({ start: index, end: index + key.length }));
}
