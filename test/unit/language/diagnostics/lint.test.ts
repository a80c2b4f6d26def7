import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lint } from '../../../../src/core/language/diagnostics/lint.ts';
import type { LintSettings } from '../../../../src/core/language/diagnostics/finding.ts';
import { readSource } from '../../../../src/core/language/source.ts';
import { isBefore } from '../../../../src/core/language/text.ts';
import { DIAGNOSTIC_DOCS } from '../../../../src/core/runbook/diagnosticDocs.ts';
import { seedFiles, seedsMissing } from '../../../seeds.ts';

const LEVEL = '\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n\n```bash {verify}\nops/look\n```\n';

/** What is underlined, as `code: text`. */
function underlined(text: string, settings?: LintSettings): readonly string[] {
  const source = readSource(text);
  return lint(source, settings).map(({ code, range }) => `${code}: ${source.lines.textIn(range)}`);
}

const step = (annotation: string, command = 'ops/do'): string => `# R\n\n**Do**:\n\n\`\`\`bash ${annotation}\n${command}\n\`\`\`\n`;

describe('what is underlined', () => {
  test.each<readonly [string, string, string]>([
    ['a misspelt attribute, not its value', step('{timeuot=5m}'), 'unknown-attribute: timeuot'],
    ['a value, not its name', step('{timeout="at noon"}'), 'bad-value: at noon'],
    ['the second of two', step('{timeout=5m timeout=6m}'), 'duplicate-attribute: timeout=6m'],
    ['one id of several', step('{#do requires=do2,nowhere}'), 'unknown-step: nowhere'],
    ['what the block of an item says', '# R\n\n1. Do\n\n   ```bash {requires=nowhere}\n   ops/do\n   ```\n', 'unknown-step: nowhere'],
    ['what a heading says', `# R\n\n## Do <!-- {requires=nowhere} -->\n\n- [ ] It\n`, 'unknown-step: nowhere'],
    ['a key of the front matter', `---\nenvironments:\n  prod: { confrim: true }\n---\n${step('')}`, 'unknown-key: confrim'],
    ['a value of the front matter', `---\nshell: bsh\n---\n${step('')}`, 'bad-value: bsh'],
    ['a placeholder in a terminal session', '# R\n\n```console\n$ ls\n$ ops/do <version>\n```\n', 'unfilled-placeholder: <version>'],
    ['a placeholder that is indented', '# R\n\n- [ ] Do\n\n  ```bash\n  ops/do {version}\n  ```\n', 'unfilled-placeholder: {version}'],
    ['what cannot be seen, with the word around it', step('', 'ops/do --a\u200bll'), 'hidden-characters: --a\u200bll'],
    ['the whole line of what is about no word', `${step('')}\n## Rollback\n\n### Level 1: Back\n`, 'level-without-commands: ### Level 1: Back'],
  ])('%s', (_, text, expected) => {
    expect(underlined(`${text}${text.includes('Rollback') ? '' : LEVEL}`)).toContain(expected);
    const carriage = text.replace(/\n/g, '\r\n');
    expect(underlined(carriage), 'with other line ends').toContain(expected);
  });

  test('a whole runbook has nothing', () => {
    expect(underlined(`${step('{#do}')}${LEVEL}`)).toEqual([]);
  });
});

describe('what only authors are told', () => {
  test('an input, a variable of an environment and a captured value fill a placeholder', () => {
    const front = '---\ninputs: { version: {} }\nenvironments: { staging: { env: { host: a } } }\n---\n';
    const text = `${front}${step('{capture=tag}', 'ops/do <version> <host> <tag> <other>')}${LEVEL}`;
    expect(underlined(text)).toEqual(['unfilled-placeholder: <other>']);
  });

  test('a runbook that only looks needs no way back', () => {
    expect(underlined(step('{check}'))).toEqual([]);
    expect(underlined(step('')).map((each) => each.split(':')[0])).toEqual(['no-rollback']);
  });
});

describe('comments', () => {
  const bad = '```bash {timeuot=5m}\nops/do\n```\n';

  test('hide a code from where they stand on, until it is enabled again', () => {
    const text = `# R\n\n${bad}\n<!-- runbook-lint-disable unknown-attribute -->\n\n${bad}\n<!-- runbook-lint-enable unknown-attribute -->\n\n${bad}${LEVEL}`;
    expect(underlined(text)).toEqual(['unknown-attribute: timeuot', 'unknown-attribute: timeuot']);
  });

  test('hide all codes when they name none, and several when they name several', () => {
    expect(underlined(`<!-- runbook-lint-disable -->\n# R\n\n${bad}`)).toEqual([]);
    expect(underlined(`<!-- runbook-lint-disable no-rollback, unknown-attribute -->\n# R\n\n${bad}`)).toEqual([]);
  });

  test('hide what a whole block says from the line above it', () => {
    const text = `# R\n\n<!-- runbook-lint-disable-next-line unfilled-placeholder -->\n\`\`\`bash\nops/a\nops/do <version>\n\`\`\`\n\n\`\`\`bash\nops/do <version>\n\`\`\`\n${LEVEL}`;
    expect(underlined(text)).toEqual(['unfilled-placeholder: <version>']);
  });

  test('stand behind a # in the front matter', () => {
    expect(underlined(`---\n# runbook-lint-disable-next-line unknown-key\ntitel: Deploy\n---\n${step('')}${LEVEL}`)).toEqual([]);
  });

  test('that name nothing known, or hide nothing, are said themselves', () => {
    const source = readSource(`# R\n\n<!-- runbook-lint-disable unknown-atribute -->\n<!-- runbook-lint-disable bad-value -->\n\n${step('')}${LEVEL}`);
    const found = lint(source);
    expect(found.map(({ code, severity, suggestion }) => [code, severity, suggestion])).toEqual([
      ['unknown-lint-code', 'warning', 'unknown-attribute'],
      ['unused-lint-disable', 'info', undefined],
    ]);
    expect(found.map(({ range }) => source.lines.textIn(range))).toEqual(['unknown-atribute', '<!-- runbook-lint-disable bad-value -->']);
  });

  test('mean nothing inside a block', () => {
    expect(underlined(`# R\n\n\`\`\`bash {timeuot=5m}\n# <!-- runbook-lint-disable -->\nops/do\n\`\`\`\n${LEVEL}`)).toEqual(['unknown-attribute: timeuot']);
  });

  test('never change what the parser says', () => {
    const text = `<!-- runbook-lint-disable -->\n# R\n\n${bad}`;
    expect(readSource(text).runbook.diagnostics.map(({ code }) => code)).toEqual(['unknown-attribute']);
  });
});

describe('settings', () => {
  const set = (code: string, severity: 'error' | 'off'): LintSettings => ({ severities: new Map([[code, severity]]) });

  test('make a finding graver, or hide it', () => {
    const source = readSource(`${step('{timeuot=5m}')}${LEVEL}`);
    expect(lint(source, set('unknown-attribute', 'error')).map(({ severity }) => severity)).toEqual(['error']);
    expect(lint(source, set('unknown-attribute', 'off'))).toEqual([]);
    expect(lint(source, set('bad-value', 'off')).map(({ severity }) => severity)).toEqual(['warning']);
  });

  test('do not make a comment useless', () => {
    const text = `<!-- runbook-lint-disable unknown-attribute -->\n${step('{timeuot=5m}')}${LEVEL}`;
    expect(underlined(text, set('unknown-attribute', 'off'))).toEqual([]);
  });
});

const RUNBOOKS = join(import.meta.dirname, '../../../../runbooks');
const shipped = readdirSync(RUNBOOKS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.runbook.md')).map((name) => join(RUNBOOKS, name));

/** Findings that somebody ought to act on. */
const grave = (path: string): readonly string[] => lint(readSource(readFileSync(path, 'utf8'))).filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ message }) => message);

describe('documents that are as they should be', () => {
  test('the runbooks that ship are underlined nowhere', () => {
    expect(shipped.length).toBeGreaterThan(5);
    expect(shipped.flatMap(grave)).toEqual([]);
  });

  test.skipIf(seedFiles.length === 0)(`neither are plans without any annotation${seedsMissing}`, () => {
    expect(seedFiles.flatMap(grave)).toEqual([]);
  });
});

test('whatever stands in a document, findings lie inside it and in order', () => {
  const parts = [...Object.values(DIAGNOSTIC_DOCS).flatMap(({ example }) => example ?? []), '<!-- runbook-lint-disable -->\n', '<!-- runbook-lint-enable bad-value -->', '---\n', '```', '\r\n', '\r', '> ', '\u202e', '{#a', '# runbook-lint-disable\n'];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 12 })), { maxLength: 6 }), (pieces) => {
      const source = readSource(pieces.join(''));
      const found = lint(source);
      for (const { range } of found) {
        expect(range.start.line).toBeGreaterThanOrEqual(0);
        expect(range.end.line).toBeLessThan(source.lines.count);
        expect(isBefore(range.end, range.start)).toBe(false);
        expect(range.end.character).toBeLessThanOrEqual(source.lines.lineText(range.end.line).length);
      }
    }),
    { numRuns: 150 },
  );
});
test('a block that is being begun is not called empty', () => {
  const codes = (text: string): readonly string[] => lint(readSource(text)).map(({ code }) => code);
  expect(codes('# R\n\n```bash\n```\n')).toContain('empty-fence');
  expect(codes('# R\n\n```bash {')).not.toContain('empty-fence');
});
