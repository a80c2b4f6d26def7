import { expect, test } from 'vitest';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const read = (attributes: string, before = '', after = ''): Runbook => parseRunbook(`# T\n\n${before}\n**Serve**:\n\n\`\`\`bash {${attributes}}\nserve\n\`\`\`\n${after}`);
const codes = ({ diagnostics }: Runbook): readonly string[] => diagnostics.filter(({ code }) => code === 'bad-combination' || code === 'bad-value' || code === 'background-of-several' || code === 'not-acted-on').map(({ code }) => code);

test('a fence that says so keeps its step in the background', () => {
  const runbook = read('#serve background');
  expect([runbook.steps[0]?.background, codes(runbook)]).toEqual([true, []]);
  expect(read('#serve').steps[0]?.background).toBe(false);
});

test('an allowed exit code stays, for the case that it ends by itself', () => {
  expect(read('background exit=0,143').steps[0]?.commands[0]?.options.expects).toEqual({ exit: [0, 143], output: [] });
});

test.each([
  ['background retry=3', (book: Runbook) => book.steps[0]?.commands[0]?.options.repeat === null],
  ['background expect="ready"', (book: Runbook) => book.steps[0]?.commands[0]?.options.expects.output.length === 0],
  ['background capture=PORT', (book: Runbook) => book.steps[0]?.commands[0]?.options.capture === undefined],
])('%s: what needs an end is reported and left out', (attributes, isLeftOut) => {
  const runbook = read(attributes);
  expect(codes(runbook)).toEqual(['bad-combination']);
  expect([runbook.steps[0]?.background, isLeftOut(runbook)]).toEqual([true, true]);
});

test('an output fence behind it is reported and left out, too', () => {
  const runbook = read('background', '', '\n```output\nready\n```\n');
  expect(codes(runbook)).toEqual(['bad-combination']);
  expect(runbook.steps[0]?.commands[0]?.options.expects).toEqual({ exit: [0], output: [] });
});

test('a check, an undo block and a rollback come to an end', () => {
  expect(codes(read('background check'))).toEqual(['bad-combination']);
  expect(codes(parseRunbook('# T\n\n```bash {#a}\na\n```\n\n```bash {undo=a background}\nb\n```\n'))).toEqual(['bad-combination']);
  const rollback = read('background', '## Rollback\n');
  expect([codes(rollback), rollback.rollbackLevels[0]?.commands.length, rollback.steps.some(({ background }) => background)]).toEqual([['bad-combination'], 1, false]);
});

test('a value is refused, and so is a place among several commands', () => {
  const valued = read('background=yes');
  expect([codes(valued), valued.steps[0]?.background]).toEqual([['bad-value'], false]);
  for (const [first, second] of [[' {background}', ''], ['', ' {background}']]) {
    const several = parseRunbook(`# T\n\n1. [ ] Serve and ask\n   \`\`\`bash${first ?? ''}\n   serve\n   \`\`\`\n   \`\`\`bash${second ?? ''}\n   ask\n   \`\`\`\n`);
    expect([codes(several), several.steps[0]?.background, several.steps[0]?.commands.length]).toEqual([['background-of-several'], false, 2]);
  }
});

test('the line of a finding is that of its fence', () => {
  expect(read('background retry=3').diagnostics.find(({ code }) => code === 'bad-combination')?.line).toBe(6);
});
