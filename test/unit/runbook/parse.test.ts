import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { EXIT_ZERO } from '../../../src/core/runbook/expectation.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';

const titles = (runbook: Runbook): string[] => runbook.steps.map((step) => step.title);
const fence = (language: string, ...lines: string[]): string => ['```' + language, ...lines, '```', ''].join('\n');

describe('steps', () => {
  it('reads task items of every list, nested ones as sub-steps', () => {
    const runbook = parseRunbook('# T\n- [ ] a\n  - [x] b\n* [X] c\n1. [ ] d\n2) [ ] e\n+ [ ] f\n');
    expect(runbook.steps.map((step) => [step.title, step.parentId, step.tickedInSource, step.line])).toEqual([
      ['a', null, false, 2], ['b', 't/a', true, 3], ['c', null, true, 4], ['d', null, false, 5], ['e', null, false, 6], ['f', null, false, 7],
    ]);
  });

  it('gives an item its own fences in order, and not those of an item inside it', () => {
    const runbook = parseRunbook('1. Outer\n   ```sh\n   one\n   ```\n   ```bash\n   two\n   ```\n   1. Inner\n      ```sh\n      three\n      ```\n');
    expect(runbook.steps.map((step) => [step.title, step.commands.map((command) => command.text.trim())])).toEqual([['Outer', ['one', 'two']], ['Inner', ['three']]]);
    expect(runbook.steps[1]?.parentId).toBe(runbook.steps[0]?.id);
  });

  it('leaves a numbered item without a shell fence where it is, with its number', () => {
    const runbook = parseRunbook('1. one\n   ```sh\n   x\n   ```\n2. two\n3. three\n   ```sh\n   y\n   ```\n');
    expect(titles(runbook)).toEqual(['one', 'three']);
    expect(runbook.steps.map((step) => step.ordinal)).toEqual([1, 3]);
    const content = runbook.blocks.find((block) => block.kind === 'content');
    expect(content).toMatchObject({ line: 5 });
    expect(content?.kind === 'content' && content.tokens[0]?.attrGet('start')).toBe('2');
  });

  it.each([
    ['**Health check**:\n\n', 'Health check'],
    ['Run this after each phase:\n\n', 'Run this after each phase'],
    ['Just prose.\n\n', 'a comment'],
  ])('titles a fence by the nearest label: %j', (label, title) => {
    expect(titles(parseRunbook(`## Heading\n\n${label}${fence('bash', '# a comment', 'x')}`))).toEqual([title]);
  });

  it('titles a fence by its heading when there is nothing nearer, and forgets labels of other sections', () => {
    expect(titles(parseRunbook(`## A\n\nLabel:\n\n## B\n\n${fence('sh', 'x')}`))).toEqual(['B']);
  });

  it.each(['sh', 'BASH', 'Shell', 'zsh', 'fish', 'console', 'shell-session', 'powershell', 'PwSh', 'cmd', 'bat'])('runs %s', (language) => {
    expect(parseRunbook(fence(language, 'x')).steps[0]?.commands[0]).toMatchObject({ language: language.toLowerCase(), text: 'x\n', line: 1 });
  });

  it.each(['', 'python', 'yaml', 'output', 'http'])('shows %j as content', (language) => {
    expect(parseRunbook(fence(language, 'x')).steps).toEqual([]);
  });

  it('takes commands from behind the prompts of a session', () => {
    const command = parseRunbook(fence('console', '$ make \\', '> all', 'built', '# id', 'root')).steps[0]?.commands[0];
    expect(command?.text).toBe('make \\\nall\nid\n');
    expect(command?.expectedOutput).toBe('built\nroot');
    expect(parseRunbook(fence('console', 'no prompt')).steps[0]?.commands[0]?.text).toBe('no prompt\n');
  });

  it('finds fences and items in lists and quotes of any depth', () => {
    let text = '```sh\ndeep\n```\n- [ ] item\n';
    for (let depth = 0; depth < 30; depth++) text = text.replace(/^/gm, depth % 2 === 0 ? '> ' : '  ').replace(/^ {2}/, '- ');
    const runbook = parseRunbook(text);
    expect(runbook.steps.map((step) => step.kind).sort()).toEqual(['command', 'manual']);
  });

  it('keeps lines right with CRLF, tabs and a byte order mark', () => {
    const runbook = parseRunbook('\ufeff# T\r\n\r\n1. [ ] a\r\n\r\n\t```bash\r\n\techo\t"x"\r\n\t```\r\n- [ ] b\r\n');
    expect(runbook.title).toBe('T');
    expect(runbook.steps.map((step) => [step.line, step.commands.map((command) => [command.line, command.text])])).toEqual([[3, [[5, 'echo\t"x"\n']]], [8, []]]);
  });

  it('shows text that was read in the wrong encoding and loses nothing of it', () => {
    expect(titles(parseRunbook('- [ ] âœ… ready\n'))).toEqual(['âœ… ready']);
  });
});

describe('a title with an owner and a duration below it', () => {
  const below = (title: string, ...more: string[]): string => [`# ${title}`, '', '- **Responsible**: operations', '- **Duration**: 2 hours', ...more, '', '1. [ ] a', ''].join('\n');

  it('is the overview of the document, and no task of its own', () => {
    const runbook = parseRunbook(below('Roll it out'));
    expect(titles(runbook)).toEqual(['a']);
    expect(runbook.metadata).toEqual({ Responsible: 'operations', Duration: '2 hours' });
  });

  it('is a task when it has a name or criteria, and so is any heading below it', () => {
    expect(titles(parseRunbook(below('Task_3_1: Roll it out')))).toEqual(['Task_3_1: Roll it out', 'a']);
    expect(titles(parseRunbook(below('Roll it out', '- **Acceptance Criteria**:', '  - [ ] b')))).toEqual(['Roll it out', 'b', 'a']);
    expect(titles(parseRunbook(`# T\n\n#${below('Roll it out')}`))).toEqual(['Roll it out', 'a']);
  });
});

describe('identity', () => {
  const text = `# T\n\n## A\n\n- [ ] one\n- [ ] two\n\n${fence('sh', 'x')}\n## B\n\n- [ ] one\n- [ ] one\n`;
  it('is unique and survives edits elsewhere', () => {
    const before = parseRunbook(text).steps.map((step) => step.id);
    expect(new Set(before).size).toBe(before.length);
    const after = parseRunbook(text.replace('## A', 'Words.\n\n- [ ] zero\n\n## A')).steps.map((step) => step.id);
    expect(after).toEqual(expect.arrayContaining(before));
  });
  it('does not change with the commands', () => {
    expect(parseRunbook(text.replace('\nx\n', '\ny\n')).steps.map((step) => step.id)).toEqual(parseRunbook(text).steps.map((step) => step.id));
  });
  it('can be named on the fence of an item', () => {
    const runbook = parseRunbook('- [ ] first <!-- {#a} -->\n1. Restart\n   ```bash {#restart requires=a confirm}\n   x\n   ```\n');
    expect(runbook.steps[1]).toMatchObject({ id: 'restart', requires: ['a'], confirm: true });
    expect(runbook.diagnostics).toEqual([]);
  });
  it('can be named, once', () => {
    const runbook = parseRunbook('- [ ] a <!-- {#same} -->\n- [ ] b <!-- {#same} -->\n' + fence('bash {#mine timeout=5m}', 'x'));
    expect(runbook.steps.map((step) => step.id)).toEqual(['same', 'b', 'mine']);
    expect(runbook.diagnostics.map((odd) => odd.code)).toEqual(['duplicate-id']);
  });
});

describe('rollback', () => {
  it('numbers levels in order, takes budgets from headings and keeps later descriptions', () => {
    const runbook = parseRunbook(`## Rollback\n\n### Quick (2 min)\n\n${fence('sh', 'a')}\n### Slow (< 1 hour)\n\n${fence('sh', 'b')}\n## Emergency rollback\n\n${fence('sh', '# Level 1: Other (3 min)', 'c')}`);
    expect(runbook.rollbackLevels.map(({ level, title, budgetSeconds, commands }) => [level, title, budgetSeconds, commands[0]?.text])).toEqual([[1, 'Other', 180, 'c\n'], [2, 'Quick', 120, 'a\n'], [3, 'Slow', 3600, 'b\n']]);
    expect(runbook.steps).toEqual([]);
  });

  it('keeps what stands before the first level of a fence for every level', () => {
    const runbook = parseRunbook(`## Rollback\n\n${fence('sh', '# all of it', 'cd /srv/app', '# Level 1: Off', 'flag off', '', '# Level 2: Back', 'git checkout v1')}`);
    expect(runbook.rollbackLevels.map((level) => [level.line, level.commands[0]?.text])).toEqual([[6, 'cd /srv/app\nflag off\n'], [9, 'cd /srv/app\ngit checkout v1\n']]);
  });

  it('runs checks of a rollback after its commands, as steps beside the way forward', () => {
    const runbook = parseRunbook(`## Rollback\n\n### Level 1: Off\n\n${fence('sh', 'off')}\n${fence('sh {verify}', 'check')}`);
    expect(runbook.rollbackLevels[0]).toMatchObject({ verify: [{ text: 'check\n' }] });
    expect(runbook.steps).toMatchObject([{ verifies: true, aside: true }]);
  });

  it('says what a level does not undo', () => {
    expect(parseRunbook(`## Rollback\n\n### Level 1\n\nOrders made since are lost.\n\n${fence('sh', 'x')}`).rollbackLevels[0]?.notes).toEqual(['Orders made since are lost.']);
  });

  it('is not begun by a title that only mentions it', () => {
    expect(parseRunbook(`# Deploy with rollback\n\n${fence('sh', 'x')}`).steps).toHaveLength(1);
  });

  it('takes the level that a trigger advises, also when the words before name another one', () => {
    const levels = (item: string): (number | null)[] => parseRunbook(`## Rollback triggers\n\n- ${item}\n`).triggers.map(({ level }) => level);
    expect(levels('Level 1 does not help, or the service does not start: Level 2')).toEqual([2]);
    expect(levels('Level 1 does not help → Level 3: restore')).toEqual([3]);
    expect(levels('Error rate > 5% → Level 1, then Level 2')).toEqual([1]);
    expect(levels('The service is down: call somebody')).toEqual([null]);
  });

  it('says so when a level has no commands', () => {
    const runbook = parseRunbook('## Rollback\n\n### Level 2: By hand (5 min)\n\nCall somebody.\n');
    expect(runbook.rollbackLevels).toMatchObject([{ level: 2, commands: [] }]);
    expect(runbook.diagnostics).toMatchObject([{ code: 'level-without-commands', line: 3 }]);
  });
});

describe('gates and sign-offs', () => {
  it('makes a gate of a go/no-go section, with or without its choices', () => {
    expect(parseRunbook('## Go/No-Go\n\nDecide.\n').steps.map((step) => [step.kind, step.decision])).toEqual([['gate', 'go'], ['gate', 'no-go']]);
    expect(parseRunbook('## Go / no-go decision\n\n- **Go**: fine\n- **No-Go**: not\n').steps.map((step) => [step.title, step.decision])).toEqual([['Go: fine', 'go'], ['No-Go: not', 'no-go']]);
  });
  it('does not take every sentence with go for a choice', () => {
    expect(parseRunbook('## Go/No-Go\n\n- [ ] Go through the list\n- [ ] Go: yes\n').steps.map((step) => step.kind)).toEqual(['manual', 'gate']);
  });
});

describe('front matter and annotations', () => {
  it('reads what this version knows and keeps line numbers', () => {
    const runbook = parseRunbook('---\nrunbook: 1\ntitle: Mine\nshell: zsh\ntimeout: 15m\n---\n# T\n- [ ] a\n');
    expect(runbook).toMatchObject({ title: 'Mine', frontMatter: { version: 1, shell: 'zsh', timeoutSeconds: 900 }, steps: [{ line: 8 }] });
  });
  it('says what is wrong and where', () => {
    const runbook = parseRunbook(`---\nrunbook: 7\nshel: x\ntimeout: soon\n---\n${fence('bash {timout=5m level=x cwd="a" .class}', 'x')}`);
    expect(runbook.diagnostics.map(({ code, line }) => [code, line])).toEqual([['newer-format', 2], ['unknown-key', 3], ['bad-value', 4], ['unknown-attribute', 6], ['bad-value', 6]]);
    expect(runbook.diagnostics.find((odd) => odd.code === 'unknown-attribute')?.message).toContain('"timeout"');
  });
  it('does not take a rule at the top with steps below it for front matter', () => {
    expect(titles(parseRunbook('---\n- [ ] a\n---\n'))).toEqual(['a']);
  });
  it('reads the options of a fence', () => {
    expect(parseRunbook(fence('sh {#s timeout=90s cwd="a b" shell=zsh confirm="production"}', 'x')).steps[0]?.commands[0]?.options).toEqual({ timeoutSeconds: 90, cwd: 'a b', shell: 'zsh', confirm: 'production', expects: EXIT_ZERO, repeat: null });
  });
  it("reads Runme's forms", () => {
    expect(parseRunbook(fence('sh {"name":"one","interactive":"false","cwd":"x"}', 'x')).steps[0]).toMatchObject({ id: 'one', commands: [{ options: { cwd: 'x' } }] });
    expect(parseRunbook(fence('sh { name=two cwd=.. }', 'x')).steps[0]).toMatchObject({ id: 'two' });
  });
});

describe('what is reserved for others', () => {
  const parsed = (source: string): readonly (readonly [string, unknown, boolean])[] => parseRunbook(source).steps.map(({ title, reservation, needsEvidence }) => [title, reservation, needsEvidence]);

  it('is read from an item, and holds for what is below it', () => {
    expect(parsed('# T\n\n- [ ] Look <!-- {by=@sre evidence} -->\n  - [ ] Closer\n- [ ] Other <!-- {approvers=2} -->\n- [ ] Free\n')).toEqual([
      ['Look', { by: '@sre', approvers: 1 }, true],
      ['Closer', { by: '@sre', approvers: 1 }, false],
      ['Other', { by: null, approvers: 2 }, false],
      ['Free', null, false],
    ]);
  });

  it('is read from a fence and from the heading of a gate', () => {
    expect(parsed('# T\n\n```bash {#d approvers=2 by=@qa}\ntrue\n```\n\n## Go/No-Go <!-- {approvers=2 evidence} -->\n\n- [ ] Go\n- [ ] No-Go\n')).toEqual([
      ['T', { by: '@qa', approvers: 2 }, false],
      ['Go', { by: null, approvers: 2 }, true],
      ['No-Go', { by: null, approvers: 2 }, true],
    ]);
  });

  it.each(['approvers=0', 'approvers=many', 'approvers', 'by'])('%s is reported, and still holds the step back', (attribute) => {
    const { steps, diagnostics } = parseRunbook(`# T\n\n- [ ] Look <!-- {${attribute}} -->\n`);
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([['bad-value', 3]]);
    expect(steps[0]?.reservation?.approvers).toBe(1);
  });
});
