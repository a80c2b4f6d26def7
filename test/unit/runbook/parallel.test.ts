import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const fence = (id: string, more = ''): string => `\`\`\`bash {#${id} ${more}}\ndo ${id}\n\`\`\`\n\n`;
const groups = ({ steps }: Runbook): Readonly<Record<string, string | null>> => Object.fromEntries(steps.map(({ id, parallel }) => [id, parallel]));
const found = ({ diagnostics }: Runbook): readonly string[] => diagnostics.filter(({ code }) => ['parallel-alone', 'bad-combination', 'not-acted-on'].includes(code)).map(({ code, line }) => `${code} ${String(line)}`);

test('neighbours that say so are a group; one that does not ends it', () => {
  const runbook = parseRunbook(`# T\n\n${fence('a', 'parallel')}${fence('b', 'parallel')}${fence('c')}${fence('d', 'parallel')}${fence('e', 'parallel')}`);
  expect(groups(runbook)).toEqual({ a: 'step a', b: 'step a', c: null, d: 'step d', e: 'step d' });
  expect(found(runbook)).toEqual([]);
});

test('items say it in a comment', () => {
  const runbook = parseRunbook('# T\n\n- [ ] One <!-- {#one parallel} -->\n  ```bash\n  one\n  ```\n- [ ] Two <!-- {#two parallel} -->\n  ```bash\n  two\n  ```\n');
  expect(groups(runbook)).toEqual({ one: 'step one', two: 'step one' });
});

test('a section that says so holds its command steps and those of its subsections', () => {
  const runbook = parseRunbook(`# T\n\n${fence('before')}## Warm up <!-- {#warm parallel} -->\n\n- [ ] Look <!-- {#look} -->\n\n${fence('a')}### Far\n\n${fence('b')}## After\n\n${fence('c')}`);
  expect(groups(runbook)).toEqual({ before: null, look: null, a: 'section warm', b: 'section warm', c: null });
  expect(found(runbook)).toEqual([]);
});

test('of nested ones the outer section counts, and a mark inside it adds nothing', () => {
  const runbook = parseRunbook(`# T\n\n## Outer <!-- {#outer parallel} -->\n\n${fence('a')}### Inner <!-- {#inner parallel} -->\n\n${fence('b')}${fence('c', 'parallel')}`);
  expect(groups(runbook)).toEqual({ a: 'section outer', b: 'section outer', c: 'section outer' });
  expect(found(runbook)).toEqual([]);
});

test('a task card that says so says it of the commands below it', () => {
  const card = (steps: string): Runbook => parseRunbook(`# T\n\n## Task_1: Load <!-- {parallel} -->\n\n- **Assignee**: @a\n- **Duration**: 1 hour\n\n${steps}`);
  const runbook = card(`${fence('a')}${fence('b')}`);
  expect([groups(runbook)['a'], groups(runbook)['b']]).toEqual([groups(runbook)['b'], expect.stringMatching(/^section /)]);
  expect(found(runbook)).toEqual([]);
  expect(found(card(fence('a')))).toEqual(['parallel-alone 3']);
});

test('a step or a section with nobody beside it is reported', () => {
  expect(found(parseRunbook(`# T\n\n${fence('a', 'parallel')}${fence('b')}`))).toEqual(['parallel-alone 3']);
  const section = parseRunbook(`# T\n\n## Warm up <!-- {parallel} -->\n\n${fence('a')}`);
  expect([found(section), groups(section)]).toEqual([['parallel-alone 3'], { a: null }]);
});

test('what has to run by itself stays alone, and says so where it is marked', () => {
  const runbook = parseRunbook(`# T\n\n${fence('a', 'parallel')}${fence('b', 'parallel')}${fence('c', 'parallel retry=3')}${fence('d', 'parallel check')}${fence('e', 'parallel background')}- [ ] Look <!-- {#look parallel} -->\n`);
  expect(groups(runbook)).toEqual({ a: 'step a', b: 'step a', c: null, d: null, e: null, look: null });
  expect(found(runbook).map((words) => words.split(' ')[0])).toEqual(['bad-combination', 'bad-combination', 'bad-combination', 'bad-combination']);
});

test('a value is refused', () => {
  const runbook = parseRunbook(`# T\n\n${fence('a', 'parallel=2')}${fence('b', 'parallel=2')}`);
  expect(runbook.diagnostics.filter(({ code }) => code === 'bad-value').map(({ line }) => line)).toEqual([3, 7]);
  expect(groups(runbook)).toEqual({ a: null, b: null });
});

test('a rollback runs one after the other', () => {
  const runbook = parseRunbook('# T\n\n```bash {#a}\na\n```\n\n## Rollback <!-- {parallel} -->\n\n- [ ] One\n\n```bash\nback one\n```\n\n```bash\nback two\n```\n');
  expect([runbook.steps.every(({ parallel }) => parallel === null), found(runbook)]).toEqual([true, ['parallel-alone 7']]);
});

test('whatever is marked, every group has at least two steps that may run at the same time', () => {
  const marks = fc.array(fc.tuple(fc.constantFrom('', 'parallel', 'parallel retry=2', 'parallel check', 'background parallel'), fc.constantFrom('', '## S\n\n', '## S <!-- {parallel} -->\n\n', '### T\n\n')), { maxLength: 8 });
  fc.assert(
    fc.property(marks, (list) => {
      const runbook = parseRunbook(`# T\n\n${list.map(([mark, heading], at) => `${heading}${fence(`s${String(at)}`, mark)}`).join('')}`);
      for (const step of runbook.steps.filter(({ parallel }) => parallel !== null)) {
        expect(runbook.steps.filter(({ parallel }) => parallel === step.parallel).length).toBeGreaterThan(1);
        expect([step.check, step.background, step.commands.every(({ options }) => options.repeat === null)]).toEqual([false, false, true]);
      }
    }),
  );
});
