import { describe, expect, test } from 'vitest';
import { choosesWhatRuns, readFilePath } from '../../../src/core/runbook/filePath.ts';
import { readInterpreter } from '../../../src/core/runbook/interpreter.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { commandView } from '../../../src/core/view/command.ts';

const fence = (info: string, body = 'x'): string => `# R\n\n\`\`\`${info}\n${body}\n\`\`\`\n`;
const codes = (text: string): readonly string[] => parseRunbook(text).diagnostics.map(({ severity, code }) => `${severity} ${code}`);

describe('env.NAME=value', () => {
  test('is a variable of the block, in the order of the document', () => {
    const { steps, diagnostics } = parseRunbook(fence('bash {env.COLOUR="dark green" env.EMPTY="" env.N=3}', 'echo "$COLOUR"'));
    expect(steps[0]?.commands[0]?.options.env).toEqual([{ name: 'COLOUR', value: 'dark green' }, { name: 'EMPTY', value: '' }, { name: 'N', value: '3' }]);
    expect(diagnostics).toEqual([]);
  });

  test.each(['env.gr_dir=x', 'env.RUNBOOK_FIELD_1=x', 'env.GUIDED_RUNBOOKS_RUN=x', 'env.IFS=x', 'env.BASH_ENV=x', 'env.PS4=x', 'env.a-b=x', 'env.9A=x', 'env.A', `env.A="${'x'.repeat(5000)}"`, 'env.A="a\u202eb"'])('%s is refused and not set', (attribute) => {
    const text = fence(`bash {${attribute}}`, 'true');
    expect(codes(text)).toEqual(['error bad-value']);
    expect(parseRunbook(text).steps[0]?.commands[0]?.options.env).toBeUndefined();
  });

  test.each(['PATH', 'LD_PRELOAD', 'NODE_OPTIONS', 'GIT_DIR'])('%s is set, and said to decide what runs', (name) => {
    const text = fence(`bash {env.${name}=x}`, 'true');
    expect(codes(text)).toEqual(['info acts-on-programs']);
    expect(parseRunbook(text).steps[0]?.commands[0]?.options.env).toEqual([{ name, value: 'x' }]);
  });

  test('stands in the header of the block', () => {
    const command = parseRunbook(fence('python {interpreter="python3 -u" env.A="b c"}', 'print(1)')).steps[0]?.commands[0];
    if (command === undefined) throw new Error('no command');
    expect(commandView(command, null, null).how).toEqual(['run by python3 -u', 'A=b c']);
  });
});

describe('interpreter=', () => {
  test('makes a fence of any language a step, without reading placeholders into it', () => {
    const { steps, fields } = parseRunbook(fence('python {#calc interpreter="python3 -u"}', 'print(f"{name} {{x}} <y>", a[name])'));
    expect(steps[0]).toMatchObject({ id: 'calc', kind: 'command', commands: [{ language: 'python', options: { interpreter: ['python3', '-u'] }, placeholders: [] }] });
    expect(fields).toEqual([]);
  });

  test('a shell’s placeholders are still asked for', () => {
    expect(parseRunbook(fence('bash {interpreter="bash -x"}', 'deploy <version>')).steps[0]?.commands[0]?.placeholders).toHaveLength(1);
  });

  test.each([
    ['python3', ['python3']],
    ['python3  -u', ['python3', '-u']],
    [`awk -v 'a=b c' -f`, ['awk', '-v', 'a=b c', '-f']],
    ['node "--title=a b" ""', ['node', '--title=a b', '']],
    ['./bin/tool --x', ['./bin/tool', '--x']],
    ['python3 -c $(touch P); &', ['python3', '-c', '$(touch', 'P);', '&']],
  ] as const)('%s is split into words, and nothing in it is expanded', (value, words) => {
    expect(readInterpreter(value)).toEqual(words);
  });

  test.each([[true], [''], ['/usr/bin/python3'], ['../tool'], ['bin/../../tool'], ['-c'], ['a;b'], ['$(x)'], ['~/x'], ['python3 "open'], ['py\u200bthon3'], ['x '.repeat(30)]])('%s is refused', (value) => {
    expect(readInterpreter(value as string | true)).toMatch(/interpreter/);
  });

  test('a fence of another language whose interpreter is refused is content, and never goes to a shell', () => {
    const text = fence('python {interpreter="/bin/evil"}', 'rm -rf x');
    expect(parseRunbook(text).steps).toEqual([]);
    expect(codes(text)).toEqual(['error bad-value']);
  });

  test('Runme names shells and programs by one option', () => {
    expect(parseRunbook(fence('python {"name":"calc","interpreter":"python3"}', 'print(1)')).steps[0]).toMatchObject({ id: 'calc', commands: [{ options: { interpreter: ['python3'], shell: null } }] });
    expect(parseRunbook(fence('sh {"interpreter":"zsh"}', 'true')).steps[0]?.commands[0]?.options).toMatchObject({ shell: 'zsh' });
  });

  test('two answers to what runs it are said', () => {
    expect(codes(fence('bash {shell=zsh interpreter=python3}', 'true'))).toEqual(['error bad-value']);
  });
});

describe('capture=', () => {
  test('names the value that the output becomes', () => {
    expect(parseRunbook(fence('bash {capture=VERSION}', 'git describe')).steps[0]?.commands[0]?.options.capture).toBe('VERSION');
  });

  test.each(['capture', 'capture=1x', 'capture=PATH', 'capture=a-b', 'capture=gr_x'])('%s is refused', (attribute) => {
    const text = fence(`bash {${attribute}}`, 'true');
    expect(codes(text)).toEqual(['error bad-value']);
    expect(parseRunbook(text).steps[0]?.commands[0]?.options.capture).toBeUndefined();
  });

  test('a name that an input, an environment or another block fills is said', () => {
    const front = '---\nenvironments:\n  staging: { env: { URL: x } }\ninputs:\n  NAME: {}\n---\n';
    const body = (info: string): string => `\n\`\`\`bash ${info}\ntrue\n\`\`\`\n`;
    expect(codes(`${front}# R\n${body('{capture=NAME}')}${body('{capture=URL}')}${body('{capture=A}')}${body('{capture=A}')}${body('{env.NAME=x}')}`)).toEqual([
      'error shadowed-input', 'error shadowed-input', 'warning captured-twice', 'warning shadowed-input',
    ]);
  });
});

describe('file=', () => {
  test('makes a fence of any language a step that writes it, as it stands', () => {
    const { steps, diagnostics } = parseRunbook(fence('yaml {#config file=./config/app.yml confirm}', 'a: {name} <x> {{y}}'));
    expect(steps[0]).toMatchObject({ id: 'config', confirm: true, commands: [{ text: 'a: {name} <x> {{y}}\n', placeholders: [], options: { file: 'config/app.yml' } }] });
    expect(diagnostics).toEqual([]);
  });

  test.each(['/etc/passwd', '../x', 'a/../../x', '~/x', '.git/config', 'a/.GIT/hooks/x', '.runbooks/runs/x', 'a\\\\b', 'C:/x', 'a/', 'a//b', 'x.', '".git /x"', `"a\u202eb"`, `"${'x'.repeat(501)}"`, '"$(touch P)|x"'])('%s is refused, and a script is not run instead', (path) => {
    const text = fence(`bash {file=${path}}`, 'rm -rf x');
    expect(parseRunbook(text).steps).toEqual([]);
    expect(codes(text)).toEqual(['error bad-value']);
  });

  test.each(['a', './a', 'a b/c-d_e.txt', 'ä/ö', '$(touch P)', '.github/x', '-rf'])('%s is a path like any other', (path) => {
    expect(readFilePath(path)).toEqual({ path: path.replace(/^\.\//, '') });
  });

  test.each(['.vscode/settings.json', '.VSCode/tasks.json', 'sub/.envrc', '.github/workflows/ci.yml', 'package.json', 'x.code-workspace', '.husky/pre-commit', 'other.runbook.md'])('%s chooses what runs', (path) => {
    expect(choosesWhatRuns(path)).toBe(true);
  });

  test('what says how a block runs does nothing there, and a rollback writes no files', () => {
    expect(codes(fence('bash {file=x timeout=5m check}', 'a'))).toContain('error bad-value');
    const rollback = parseRunbook('# R\n\n## Rollback\n\n### Level 1: Back\n\n```yaml {file=x}\na\n```\n');
    expect(rollback.diagnostics.map(({ code }) => code)).toContain('file-in-rollback');
    expect(rollback.rollbackLevels.flatMap(({ commands }) => commands)).toEqual([]);
  });
});
