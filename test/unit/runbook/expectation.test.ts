import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../../src/core/runbook/expectation.ts';
import { expectationWords } from '../../../src/core/runbook/expectationWords.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const fence = (info: string, ...lines: string[]): string => ['```' + info, ...lines, '```', ''].join('\n');
const expectsOf = (runbook: Runbook): Expectation | undefined => runbook.steps[0]?.commands[0]?.options.expects;
const codes = (runbook: Runbook): string[] => runbook.diagnostics.map(({ code }) => code);

describe('exit= and expect=', () => {
  it.each([
    ['bash', { exit: [0], output: [] }],
    ['bash {exit=0,3}', { exit: [0, 3], output: [] }],
    ['bash {exit=3}', { exit: [3], output: [] }],
    ['bash {expect="all good"}', { exit: [0], output: [{ kind: 'contains', text: 'all good' }] }],
    ['bash {expect=ready}', { exit: [0], output: [{ kind: 'contains', text: 'ready' }] }],
    ['bash {expect=/^ok \\d+$/ exit=0,2}', { exit: [0, 2], output: [{ kind: 'regex', source: '^ok \\d+$', flags: 'mu' }] }],
  ])('reads %s', (info, expected) => {
    const runbook = parseRunbook(fence(info, 'x'));
    expect(expectsOf(runbook)).toEqual(expected);
    expect(codes(runbook)).toEqual([]);
  });

  it.each(['exit', 'exit=', 'exit=ok', 'exit=256', 'exit=-1', 'expect', 'expect=""', 'expect=/(/', `expect=/${'a'.repeat(501)}/`])('reports %s and leaves success at exit 0', (attribute) => {
    const runbook = parseRunbook(fence(`bash {${attribute}}`, 'x'));
    expect(runbook.diagnostics).not.toEqual([]);
    expect(expectsOf(runbook)).toEqual({ exit: [0], output: [] });
  });

  it('says it in words', () => {
    expect(expectationWords({ exit: [0, 2, 3], output: [{ kind: 'contains', text: 'up' }] })).toEqual(['exit 0, 2 or 3', 'output contains “up”']);
    expect(expectationWords({ exit: [0], output: [] })).toEqual([]);
  });
});

describe('an output fence', () => {
  it.each([
    ['output', { kind: 'exact', text: 'up 3\n' }],
    ['output {exact}', { kind: 'exact', text: 'up 3\n' }],
    ['output {match=contains}', { kind: 'contains', text: 'up 3' }],
    ['output {contains}', { kind: 'contains', text: 'up 3' }],
    ['output {match=regex}', { kind: 'regex', source: 'up 3', flags: 'mu' }],
  ])('right after a command fence is what it has to print: %s', (info, expected) => {
    const runbook = parseRunbook(`# T\n\n${fence('bash', 'x')}\n${fence(info, 'up 3')}`);
    expect(expectsOf(runbook)?.output).toEqual([expected]);
    expect(runbook.steps[0]?.commands[0]?.expectedOutput).toBe('up 3');
    // It is drawn with the command and not a second time below it.
    expect(runbook.blocks.filter(({ kind }) => kind === 'content')).toEqual([]);
    expect(codes(runbook)).toEqual([]);
  });

  it('belongs to the fence of an item, too, and adds to expect=', () => {
    const runbook = parseRunbook('1. [ ] Look\n   ```sh {expect=up}\n   x\n   ```\n   ```output {contains}\n   3\n   ```\n');
    expect(expectsOf(runbook)?.output).toEqual([{ kind: 'contains', text: 'up' }, { kind: 'contains', text: '3' }]);
  });

  it('anywhere else is content', () => {
    for (const text of [fence('output', 'x'), `${fence('bash', 'x')}\nWords.\n\n${fence('output', 'x')}`, `${fence('yaml', 'x: 1')}\n${fence('output', 'x')}`]) {
      const runbook = parseRunbook(text);
      expect(expectsOf(runbook)?.output ?? []).toEqual([]);
      expect(runbook.blocks.some(({ kind }) => kind === 'content')).toBe(true);
    }
  });

  it('reports a bad mode, and what belongs to it on a command', () => {
    expect(codes(parseRunbook(`${fence('bash', 'x')}${fence('output {match=fuzzy}', 'x')}`))).toEqual(['bad-value']);
    expect(codes(parseRunbook(fence('bash {contains=ok}', 'x')))).toEqual(['misplaced-attribute']);
  });

  it('of a verification of a rollback level counts there', () => {
    const runbook = parseRunbook(`# T\n\n## Rollback\n\n### Level 1: Off\n\n${fence('bash', 'off')}\n${fence('bash {verify}', 'ask')}\n${fence('output', 'off')}`);
    expect(runbook.rollbackLevels[0]?.verify[0]?.options.expects.output).toEqual([{ kind: 'exact', text: 'off\n' }]);
  });
});
