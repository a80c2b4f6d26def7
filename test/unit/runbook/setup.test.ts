import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { SetupQuestions } from '../../../src/core/runbook/setup/model.ts';
import { compilePattern } from '../../../src/core/runbook/setup/pattern.ts';
import { problemWithName } from '../../../src/core/runbook/setup/variableName.ts';

const parse = (yaml: string): ReturnType<typeof parseRunbook> => parseRunbook(`---\n${yaml}\n---\n# T\n`);
const setupOf = (yaml: string): SetupQuestions | undefined => parse(yaml).frontMatter.setup;
const errorsOf = (yaml: string): readonly string[] => parse(yaml).diagnostics.filter(({ severity }) => severity === 'error').map(({ line, message }) => `${String(line)}: ${message}`);

describe('environments and inputs', () => {
  test('are read as the format describes them', () => {
    const yaml = `runbook: 1
environments:
  staging: { branch: dev, env: { URL: "http://127.0.0.1:8081" } }
  production: { branch: main, clean: true, confirm: production, env: { URL: "http://127.0.0.1:8080", VERSION: 1.10, FLAG: yes, NONE: "" } }
  guarded: { confirm: true }
  plain:
inputs:
  version: { description: Release to deploy, pattern: "v\\\\d+\\\\.\\\\d+\\\\.\\\\d+" }
  size: { choices: [small, 2.0], default: small, required: false }
  token: { secret: true }`;
    expect(parse(yaml).diagnostics).toEqual([]);
    const setup = setupOf(yaml);
    expect(setup?.environments).toEqual([
      { name: 'staging', branch: 'dev', clean: false, confirm: null, variables: [{ name: 'URL', value: 'http://127.0.0.1:8081' }], line: 4 },
      {
        name: 'production', branch: 'main', clean: true, confirm: 'production', line: 5,
        // As they are written: 1.10 is a version and no number, yes is a word.
        variables: [{ name: 'URL', value: 'http://127.0.0.1:8080' }, { name: 'VERSION', value: '1.10' }, { name: 'FLAG', value: 'yes' }, { name: 'NONE', value: '' }],
      },
      { name: 'guarded', branch: null, clean: false, confirm: 'guarded', variables: [], line: 6 },
      { name: 'plain', branch: null, clean: false, confirm: null, variables: [], line: 7 },
    ]);
    expect(setup?.inputs).toEqual([
      { name: 'version', description: 'Release to deploy', pattern: 'v\\d+\\.\\d+\\.\\d+', choices: null, default: null, required: true, secret: false, line: 9 },
      { name: 'size', description: null, pattern: null, choices: ['small', '2.0'], default: 'small', required: false, secret: false, line: 10 },
      { name: 'token', description: null, pattern: null, choices: null, default: null, required: true, secret: true, line: 11 },
    ]);
    expect(setup?.problem).toBeNull();
  });

  test('without them nothing is asked', () => {
    expect(setupOf('runbook: 1')).toBeUndefined();
    expect(parseRunbook('# T').frontMatter.setup).toBeUndefined();
  });

  test.each([
    ['environments: { production: { confrim: production } }', /line 2.*has no key "confrim". Did you mean "confirm"/],
    ['enviroments: { production: { confirm: production } }', /Did you mean "environments"/],
    ['environments: { production: { confirm: [a] } }', /"confirm" has to be the word/],
    ['environments: { production: { confirm: "a\\u202Eb" } }', /"confirm" has to be the word/],
    ['environments: { production: { branch: "a b" } }', /"branch" has to be the name of one branch/],
    ['environments: { production: { clean: maybe } }', /"clean" has to be true or false/],
    ['environments: { production: { env: { "A-B": x } } }', /"A-B" cannot be the name of an environment variable/],
    ['environments: { production: { env: { LD_PRELOAD: x } } }', /"LD_PRELOAD" is a variable that/],
    ['environments: { production: { env: { A: [1] } } }', /A needs a single value/],
    ['environments: { production: { env: { A: } } }', /A needs a single value/],
    ['environments: { "a\\u202Eb": {} }', /cannot be the name of an environment/],
    ['environments: production', /"environments" has to hold names/],
    ['environments: { production: main }', /has to hold settings/],
    ['inputs: { 1A: {} }', /"1A" cannot be the name of an environment variable/],
    ['inputs: { PATH: {} }', /"PATH" is a variable that/],
    ['inputs: { __proto__: { secret: true }, A: { patern: x } }', /has no key "patern". Did you mean "pattern"/],
    ['inputs: { A: { pattern: "(" } }', /"pattern" has a “\(” without its “\)”/],
    ['inputs: { A: { pattern: "(?=a)" } }', /"pattern" looks around/],
    ['inputs: { A: { pattern: "(a)\\\\1" } }', /"pattern" refers back/],
    ['inputs: { A: { choices: small } }', /"choices" has to be a list/],
    ['inputs: { A: { choices: [a, b], default: c } }', /its "default" has to be one of a, b/],
    ['inputs: { A: { pattern: "v.*", default: x } }', /its "default" does not match/],
    ['inputs: { A: { secret: true, default: hunter2 } }', /a secret has no "default"/],
    ['inputs: { A: { secret: "maybe" } }', /"secret" has to be true or false/],
    ['environments: { p: { env: { A: x } } }\ninputs: { A: {} }', /A is an input and a variable of p/],
    ['environments:\n  production: { confirm: production\ninputs: {}', /not valid YAML/],
  ])('%s keeps a run from being started', (yaml, words) => {
    expect(errorsOf(yaml).join('\n')).toMatch(new RegExp(words.source.replace('line 2.*', '')));
    expect(setupOf(yaml)?.problem).toMatch(words);
  });

  test('what is wrong with a secret flag still makes it one', () => {
    expect(setupOf('inputs: { A: { secret: maybe } }')?.inputs[0]?.secret).toBe(true);
  });

  test('never throws, whatever stands there', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ':', ' ', '\n', '{', '}', '[', '"', '-', '&', '*', 'environments:', 'inputs:', 'env: ', '__proto__') }), (yaml) => void parse(yaml)));
  });
});

describe('front matter that cannot be read', () => {
  test('starts no run when it was to guard one, also with a comment in it', () => {
    const yaml = 'runbook: 1\n# who may\nenvironments: { production: { confirm: true }';
    expect(parse(yaml).diagnostics.map(({ code }) => code)).toContain('front-matter-syntax');
    expect(setupOf(yaml)?.problem).toMatch(/no run is started/);
  });

  test('is a rule and a heading when it has no key of ours', () => {
    const { diagnostics, title } = parse('# Deploy\n\nOwner: [Bob');
    expect(diagnostics).toEqual([]);
    expect(title).toBe('Deploy');
  });
});

describe('names of variables', () => {
  test.each(['PATH', 'path', 'LD_PRELOAD', 'BASH_ENV', 'ENV', 'IFS', 'gr_dir', '__gr_x', 'NODE_OPTIONS', 'GIT_SSH_COMMAND', 'PS4', '_', '', 'a-b', 'ä', 'a\nb', '__proto__x y'])('%j is refused', (name) => {
    expect(problemWithName(name)).not.toBeNull();
  });
  test.each(['version', 'URL', 'DB_PASSWORD', '_x', 'PATHS', '__proto__'])('%j is taken', (name) => {
    expect(problemWithName(name)).toBeNull();
  });
});

describe('patterns', () => {
  const matches = (source: string, value: string): boolean => {
    const pattern = compilePattern(source);
    if (typeof pattern === 'string') throw new Error(pattern);
    return pattern.matches(value);
  };

  test.each([
    ['v\\d+\\.\\d+', 'v1.20', true], ['v\\d+\\.\\d+', 'v1x20', false], ['v\\d+', 'av1', false], ['v\\d+', 'v1b', false],
    ['^v\\d+$', 'v1', true], ['a|b|cd', 'cd', true], ['(?:a|b){2,3}', 'aba', true], ['(?:a|b){2,3}', 'abab', false],
    ['[\\w.-]+@[a-z]+', 'a.b-c@host', true], ['[^/]+', 'a/b', false], ['a{2}', 'aa', true], ['a{2,}', 'aaaa', true], ['a{0}', '', true],
    ['', '', true], ['.*', 'x\ny', false], ['(?<year>\\d{4})', '2026', true], ['\\u0041\\x42', 'AB', true], ['\\p{Lu}+', 'ÄÖ', true], ['a{x}', 'a{x}', true], ['[\\]]', ']', true], ['😀+', '😀😀', true],
  ])('%s on %j is %s', (source, value, expected) => expect(matches(source, value)).toBe(expected));

  test('agree with the editor’s own engine on what both know', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '(a|b)', '(?:ab)', '(a*)', '(a|)');
    const source = fc.array(fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?')), { maxLength: 4 }).map((parts) => parts.map((part) => part.join('')).join(''));
    const either = fc.tuple(source, source).map(([left, right]) => `${left}|${right}`);
    fc.assert(fc.property(fc.oneof(source, either), fc.string({ unit: fc.constantFrom('a', 'b', '1', 'é'), maxLength: 7 }), (pattern, value) => {
      expect(matches(pattern, value)).toBe(new RegExp(`^(?:${pattern})$`, 'u').test(value));
    }));
  });

  test.each(['(a+)+', '(a|a)*', '(a*)*b', '(a|aa)+$', '((a{1,9}){1,9}){1,9}'])('%s takes no longer than the length of the value allows', (source) => {
    const began = performance.now();
    expect(matches(source, `${'a'.repeat(1000)}!`)).toBe(false);
    // The editor's own engine would not end in the life of the universe.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test.each(['((a{1000}){1000}){1000}', 'a'.repeat(513), '('.repeat(40) + ')'.repeat(40), 'a**', '*a', 'a{3,2}', '[b-a]', 'a)', '(', '[', '\\', '\\b', '(?i:a)'])('%s is refused', (source) => {
    expect(compilePattern(source)).toEqual(expect.any(String));
  });

  test('never throw, whatever is read', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '(', ')', '[', ']', '{', '}', '*', '+', '?', '\\', '|', '^', '$', '1', ',', '<', ':', 'u') }), fc.string(), (source, value) => {
      const pattern = compilePattern(source);
      if (typeof pattern !== 'string') pattern.matches(value);
    }));
  });
});

describe('front matter that nothing ends', () => {
  test.each([
    ['no closing line', '---\nenvironments: { production: { confirm: production } }\n\n# R\n\n- [ ] Look\n'],
    ['a rule far below, behind a checklist', '---\nenvironments: { production: { confirm: production } }\n\n# R\n\n- [ ] Look\n\n---\n\nMore\n'],
  ])('%s: it is reported, and keeps runs from being started', (_, text) => {
    const { diagnostics, frontMatter, steps } = parseRunbook(text);
    expect(diagnostics.map(({ code, line }) => [code, line])).toContainEqual(['front-matter-syntax', 1]);
    expect(frontMatter.setup?.problem).toMatch(/has no end/);
    expect(steps).toHaveLength(1);
  });

  test('a key that says how commands run is lost as well, so nothing is started by it', () => {
    for (const text of ['---\nshell: zsh\n\n# R\n\n```bash\nx\n```\n', '---\nshell: zsh\ntimeout: [\n---\n# R\n\n```bash\nx\n```\n']) expect(parseRunbook(text).frontMatter.setup?.problem).toMatch(/front matter/);
  });

  test('a rule with words below it is a rule', () => {
    expect(parseRunbook('---\nJust words: here\n\n# R\n').diagnostics).toEqual([]);
  });
});
