import { describe, expect, it } from 'vitest';
import { folderOf } from '../../../src/core/runbook/documentFolder.ts';
import type { OutputExpectation } from '../../../src/core/runbook/expectation.ts';
import { expectationWords } from '../../../src/core/runbook/expectationWords.ts';
import type { Command, Runbook } from '../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const fence = (info: string, ...lines: string[]): string => ['```' + info, ...lines, '```', ''].join('\n');
const commandOf = (text: string): Command | undefined => parseRunbook(text).steps[0]?.commands[0];
const said = (runbook: Runbook): string[] => runbook.diagnostics.map(({ severity, code }) => `${severity} ${code}`);

describe("Runme's options", () => {
  it('a name comes before the id that a program made, in any order', () => {
    for (const info of ['sh {"id":"01HY0","name":"deploy"}', 'sh {"name":"deploy","id":"01HY0"}', 'sh { name=deploy id=01HY0 }', 'sh { id=01HY0 name=deploy }']) expect(parseRunbook(fence(info, 'x')).steps[0]?.id).toBe('deploy');
    expect(parseRunbook(fence('sh {"id":"01HY0"}', 'x')).steps[0]?.id).toBe('01HY0');
    expect(parseRunbook(fence('sh {"name":"deploy it now"}', 'x')).steps[0]?.id).toBe('deploy-it-now');
  });

  it.each([
    ['sh {"background":"true"}', true],
    ['sh {"background":"false"}', false],
    ['sh { background=true }', true],
    ['sh { background=false }', false],
  ])('%s', (info, background) => {
    const runbook = parseRunbook(fence(info, 'x'));
    expect(runbook.steps[0]?.background).toBe(background);
    expect(said(runbook)).toEqual([]);
  });

  it.each(['sh {"excludeFromRunAll":"true"}', 'sh { excludeFromRunAll=true }'])('%s asks before it runs, and says so', (info) => {
    const runbook = parseRunbook(fence(info, 'x'));
    expect(runbook.steps[0]?.confirm).toBe(true);
    expect(said(runbook)).toEqual(['info runme-option']);
  });

  it('what only shows something is passed over, what does something there is said to do nothing', () => {
    expect(said(parseRunbook(fence('sh {"interactive":"false","closeTerminalOnSuccess":"false","mimeType":"text/plain","terminalRows":"20"}', 'x')))).toEqual([]);
    expect(said(parseRunbook(fence('sh { interactive=false mimeType=text/plain terminalRows=20 }', 'x')))).toEqual([]);
    for (const info of ['sh {"tag":"a,b"}', 'sh { category=build }', 'sh {"promptEnv":"true"}']) expect(said(parseRunbook(fence(info, 'x')))).toEqual(['info runme-option']);
    expect(said(parseRunbook(fence('sh {"promptEnv":"no"}', 'x')))).toEqual([]);
  });

  it("counts its folders from the runbook's own, and ours from the workspace", () => {
    expect(commandOf(fence('sh {"cwd":".."}', 'x'))?.options).toMatchObject({ cwd: '..', cwdFrom: 'document' });
    expect(commandOf(fence('sh { name=a cwd=../x }', 'x'))?.options).toMatchObject({ cwd: '../x', cwdFrom: 'document' });
    expect(commandOf(fence('sh {#a cwd=x}', 'x'))?.options.cwdFrom).toBeUndefined();
    expect(commandOf(`---\nrunme: { id: 01H, version: v3 }\ncwd: ..\n---\n${fence('sh', 'x')}`)?.options).toMatchObject({ cwd: '..', cwdFrom: 'document' });
    expect(commandOf(`---\ncwd: ../a\n---\n${fence('sh {"cwd":"b"}', 'x')}`)?.options).toMatchObject({ cwd: '../a/b', cwdFrom: 'document' });
    expect(commandOf(`---\ncwd: ../a\n---\n${fence('sh {cwd=b}', 'x')}`)?.options).toEqual(expect.objectContaining({ cwd: 'b' }));
  });

  it.each(['{#c cwd=build}', '{#c cwd=build tag=x}', '{#c cwd=build cache=no}', '{cwd=build confirm name=c}', '{cwd=build timeout=5m excludeFromRunAll=true}', '{env.A=1 cwd=build name=c}'])('%s runs where it ran before a word of Runme stood in it', (annotation) => {
    const runbook = parseRunbook(fence(`sh ${annotation}`, 'x'));
    expect(runbook.steps[0]?.commands[0]?.options).toMatchObject({ cwd: 'build' });
    expect(runbook.steps[0]?.commands[0]?.options.cwdFrom).toBeUndefined();
    expect(runbook.diagnostics.some(({ message }) => message.includes('from the workspace folder, because'))).toBe(annotation !== '{#c cwd=build}');
  });

  it('a folder beside nothing but its words is counted as it does, which is said', () => {
    for (const annotation of ['{ name=c cwd=build }', '{ cwd=build tag=x background=true }', '{ interpreter=bash cwd=build id=01HY0 }']) {
      const runbook = parseRunbook(fence(`sh ${annotation}`, 'x'));
      expect(runbook.steps[0]?.commands[0]?.options).toMatchObject({ cwd: 'build', cwdFrom: 'document' });
      expect(runbook.diagnostics.map(({ message }) => message).join()).toContain("counted from the runbook's own folder here");
    }
    expect(said(parseRunbook(fence('sh { name=c cwd=/tmp }', 'x')))).toEqual([]);
  });

  it('our #id comes before its names', () => {
    for (const info of ['sh {#ours name=deploy}', 'sh {name=deploy #ours}']) expect(parseRunbook(fence(info, 'x')).steps[0]?.id).toBe('ours');
  });

  it.each([
    ['..', 'docs/run.md', '.'],
    ['../a/./b', 'docs/run.md', 'a/b'],
    ['x', 'run.md', 'x'],
    ['..', 'run.md', '..'],
    ['../../x', 'docs/run.md', '../x'],
    ['/tmp', 'docs/run.md', '/tmp'],
  ])('%s from %s is %s', (cwd, file, folder) => {
    expect(folderOf({ cwd, cwdFrom: 'document' }, file)).toBe(folder);
    expect(folderOf({ cwd }, file)).toBe(cwd);
  });

  it('reads its front matter, and takes no program from a shell that is a path', () => {
    const runbook = parseRunbook(`---\nrunme:\n  id: 01H\n  version: v3\nshell: /bin/zsh\nskipPrompts: true\nterminalRows: 20\n---\n${fence('sh', 'x')}`);
    expect(runbook.frontMatter.shell).toBe('zsh');
    expect(said(runbook)).toEqual(['info runme-option']);
    expect(said(parseRunbook(`---\nshell: /opt/evil\n---\n${fence('sh', 'x')}`))).toEqual(['error bad-value']);
  });
});

describe("Innovation Engine's results", () => {
  const result = (comment: string, info = 'text', body = 'Login Succeeded', between = ''): string => `# T\n\n${fence('bash', 'az login')}\n${between}${comment}\n\n${fence(info, body)}`;

  it.each<[string, string, OutputExpectation]>([
    ['<!-- expected_similarity=0.8 -->', 'text', { kind: 'similar', text: 'Login Succeeded\n', atLeast: 0.8 }],
    ['<!--expected_similarity=1-->', 'output', { kind: 'similar', text: 'Login Succeeded\n', atLeast: 1 }],
    ['<!-- expected_similarity="Login (Succeeded|OK)" -->', 'text', { kind: 'regex', source: 'Login (Succeeded|OK)', flags: 'u' }],
    ['<!--expected_similarity="(?m)^Login \\w+$"-->', 'text', { kind: 'regex', source: '^Login \\w+$', flags: 'mu' }],
    ['<!-- expected_similarity="a\\-b\\.c" -->', 'text', { kind: 'regex', source: 'a\\x2db\\.c', flags: 'u' }],
  ])('%s before a %s fence', (comment, info, expected) => {
    for (const between of ['', 'Results:\n\n', 'This is what it prints.\n\n']) {
      const runbook = parseRunbook(result(comment, info, 'Login Succeeded', between));
      expect(runbook.steps[0]?.commands[0]?.options.expects.output).toEqual([expected]);
      expect(runbook.steps[0]?.commands[0]?.expectedOutput).toBe('Login Succeeded');
      expect(said(runbook)).toEqual([]);
    }
  });

  it('a comment right above its fence, and words between both', () => {
    const text = `# T\n\n${fence('azurecli-interactive', 'az login')}\n<!-- expected_similarity=0.8 -->\nResults:\n\n${fence('text', 'x')}\n${fence('bash', 'second')}`;
    const tight = parseRunbook(text.replace('Results:\n\n', ''));
    expect(tight.steps.map(({ commands }) => commands[0]?.options.expects.output.length)).toEqual([1, 0]);
    expect(parseRunbook(text.replace('Results:', '\nResults:')).steps.map(({ title }) => title)).toEqual(['T', 'T']);
  });

  it('JSON is compared as JSON', () => {
    expect(commandOf(result('<!-- expected_similarity=0.3 -->', 'json', '{"a":1}'))?.options.expects.output).toEqual([{ kind: 'similar', text: '{"a":1}\n', atLeast: 0.3, json: true }]);
    expect(said(parseRunbook(result('<!-- expected_similarity=0.3 -->', 'json', '{"a": …}')))).toEqual(['error bad-value']);
  });

  it.each(['<!-- expected_similarity=0 -->', '<!-- expected_similarity=1.5 -->', '<!-- expected_similarity="(" -->', '<!-- expected_similarity="\\Aok\\z" -->'])('%s is reported, and nothing is guessed', (comment) => {
    const runbook = parseRunbook(result(comment));
    expect(said(runbook)).toEqual(['error bad-value']);
    expect(runbook.steps[0]?.commands[0]?.options.expects.output).toEqual([]);
  });

  it.each([
    `# T\n\n<!-- expected_similarity=0.8 -->\n\n${fence('text', 'x')}`,
    `# T\n\n${fence('bash', 'x')}\n## Next\n\n<!-- expected_similarity=0.8 -->\n\n${fence('text', 'x')}`,
    `# T\n\n${fence('bash', 'x')}\n<!-- expected_similarity=0.8 -->\n\n${fence('bash', 'y')}`,
  ])('a comment that checks nothing is reported: %j', (text) => {
    const runbook = parseRunbook(text);
    expect(said(runbook)).toEqual(['warning stray-similarity']);
    expect(runbook.steps.flatMap(({ commands }) => commands.flatMap(({ options }) => options.expects.output))).toEqual([]);
  });

  it('without the comment a fence of text stays content', () => {
    expect(commandOf(`# T\n\n${fence('bash', 'x')}\nResults:\n\n${fence('text', 'y')}`)?.options.expects.output).toEqual([]);
  });

  it('has our own form', () => {
    const runbook = parseRunbook(`# T\n\n${fence('bash', 'x')}\n${fence('output {similarity=0.8}', 'y')}`);
    expect(runbook.steps[0]?.commands[0]?.options.expects).toEqual({ exit: [0], output: [{ kind: 'similar', text: 'y\n', atLeast: 0.8 }] });
    expect(expectationWords({ exit: [0], output: [{ kind: 'similar', text: 'y', atLeast: 0.8 }] })).toEqual(['output is at least 80 % like the expected one']);
  });
});

describe("Innovation Engine's variables", () => {
  const text = (...lines: string[]): string => ['<!--', '```variables', ...lines, '```', '-->', '', '# T', '', fence('bash', 'echo $A')].join('\n');

  it('are asked for at the start, with their values as defaults', () => {
    const runbook = parseRunbook(text('export A=one', 'export B="two words"', 'A comment'));
    expect(runbook.frontMatter.setup?.inputs.map(({ name, default: value, required, line }) => [name, value, required, line])).toEqual([['A', 'one', true, 3], ['B', 'two words', true, 4]]);
    expect(said(runbook)).toEqual(['info variables-asked']);
  });

  it('are not read where a shell would make the value, or under a name that programs act on', () => {
    const runbook = parseRunbook(text('export A=$(openssl rand -hex 3)', 'export PATH=/evil'));
    expect(runbook.frontMatter.setup).toBeUndefined();
    expect(runbook.diagnostics.map(({ code, line }) => [code, line])).toEqual([['variable-not-read', 3], ['variable-not-read', 4]]);
  });

  it.each(['eastus # change me', '1; export B=2', '~/x', 'one two', 'a*', '"a"b', '{a,b}', 'a&', '"$HOME"', '\\x'])('are not read where a shell would make something else of %j', (value) => {
    const runbook = parseRunbook(text(`export A=${value}`));
    expect(runbook.frontMatter.setup).toBeUndefined();
    expect(said(runbook)).toEqual(['warning variable-not-read']);
  });

  it.each([['eu-west-1', 'eu-west-1'], ['"eastus # no comment"', 'eastus # no comment'], ["'$HOME ~'", '$HOME ~'], ['"it\'s"', "it's"], ['https://x.example:80/a?', null], ['me@x.example', 'me@x.example'], ['', '']])('%s is read as %j', (value, expected) => {
    expect(parseRunbook(text(`export A=${value}`)).frontMatter.setup?.inputs[0]?.default ?? null).toBe(expected);
  });

  it('are hidden where their names or values are those of secrets, and have no default then', () => {
    const runbook = parseRunbook(text('export ADMIN_PASSWORD=', 'export API_TOKEN=k3yK3yk3y', 'export AWS=AKIAABCDEFGHIJKLMNOP', 'export REGION=eastus'));
    expect(runbook.frontMatter.setup?.inputs.map(({ name, secret, default: value }) => [name, secret, value])).toEqual([['ADMIN_PASSWORD', true, null], ['API_TOKEN', true, null], ['AWS', true, null], ['REGION', false, 'eastus']]);
    expect(runbook.diagnostics.map(({ code, line }) => [code, line])).toEqual([['variables-asked', 3], ['variable-not-read', 4], ['variable-not-read', 5]]);
    expect(runbook.diagnostics.map(({ message }) => message).join()).not.toMatch(/k3yK3y|AKIA/);
  });

  it('are read in every comment of a piece of HTML, with their lines', () => {
    const runbook = parseRunbook(`<div>\n<!-- one --> <!--\n\`\`\`variables\nexport A=1\n\`\`\`\n--> x <!--\n\`\`\`variables\nexport B=2\n\`\`\`\n-->\n</div>\n\n# T\n`);
    expect(runbook.frontMatter.setup?.inputs.map(({ name, line }) => [name, line])).toEqual([['A', 4], ['B', 8]]);
  });

  it('give way to what the front matter asks for', () => {
    const runbook = parseRunbook(`---\ninputs: { A: { description: Ours } }\n---\n${text('export A=theirs')}`);
    expect(runbook.frontMatter.setup?.inputs).toMatchObject([{ name: 'A', description: 'Ours', default: null }]);
  });
});

describe('hostile pieces of HTML', () => {
  const HOSTILE: readonly (readonly [string, (times: number) => string])[] = [
    ['comments that are never closed', (times) => `<div>\n${'<!--'.repeat(times)}`],
    ['results that are never closed', (times) => `<div>\n${'<!--expected_similarity="'.repeat(times)}`],
    ['digits', (times) => `<div>\n<!--expected_similarity=${'1'.repeat(times)}x-->`],
    ['quotes', (times) => `<div>\n<!--expected_similarity=${'" '.repeat(times)}x-->`],
    ['blocks that never end', (times) => `<div>\n<!--${'```variables'.repeat(times)}-->`],
    ['many blocks', (times) => `<div>\n${'<!--```variables\nexport A=1\n```-->'.repeat(times)}`],
  ];

  // One that looks again and again over the same text is not done before the test's time is over.
  it.each(HOSTILE)('%s are read to their end', (_, piece) => {
    expect(parseRunbook(piece(40_000)).lineCount).toBeGreaterThan(1);
  });
});
