import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memberFile } from '../../../src/core/runbook/package/memberFile.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const withPackage = (yaml: string): ReturnType<typeof parseRunbook> => parseRunbook(`---\nrunbook: 1\npackage: ${yaml}\n---\n# A\n\n- [ ] Look\n`);
const paths = (yaml: string): readonly string[] => (withPackage(yaml).frontMatter.package ?? []).map(({ path }) => path);
const codes = (yaml: string): readonly string[] => withPackage(yaml).diagnostics.map(({ code }) => code);

describe('the package of the front matter', () => {
  test('is a list of paths, each with its line', () => {
    const { frontMatter, diagnostics } = withPackage('\n  - rollback.runbook.md\n  - ./guides/monitoring.md\n  - ../shared/verify.md');
    expect(frontMatter.package).toEqual([
      { path: 'rollback.runbook.md', line: 4 },
      { path: 'guides/monitoring.md', line: 5 },
      { path: '../shared/verify.md', line: 6 },
    ]);
    expect(diagnostics).toEqual([]);
  });

  test('is nothing without the key', () => {
    expect(parseRunbook('---\nrunbook: 1\n---\n# A\n').frontMatter.package).toBeUndefined();
  });

  test.each(['x.md', '[]', '{ a: b }', '3'])('says what it has to be instead of %s', (yaml) => {
    expect(codes(yaml)).toContain('bad-value');
    expect(paths(yaml)).toEqual([]);
  });

  test.each(['/etc/plan.md', '~/plan.md', 'a//b.md', 'a/../b.md', 'C:\\plan.md', 'plan.txt', 'plan.md ', 'https://example.org/plan.md', '"a\\u202eb.md"', `${'x'.repeat(600)}.md`])('takes no %s', (path) => {
    expect(codes(`[good.md, ${path.startsWith('"') ? path : JSON.stringify(path)}]`)).toEqual(['bad-value']);
    expect(paths(`[good.md, ${path.startsWith('"') ? path : JSON.stringify(path)}]`)).toEqual(['good.md']);
  });

  test('keeps one of two that are the same, and says so', () => {
    expect(paths('[a.md, ./a.md]')).toEqual(['a.md']);
    expect(codes('[a.md, ./a.md]')).toEqual(['listed-twice']);
  });

  test('reads only so many', () => {
    const many = `[${Array.from({ length: 25 }, (_, place) => `r${String(place)}.md`).join(', ')}]`;
    expect(paths(many)).toHaveLength(20);
    expect(codes(many)).toEqual(['bad-value']);
  });

  test('lets triggers name levels that stand in another runbook', () => {
    const text = (head: string): string => `---\n${head}monitors:\n  errors: { command: "echo 1" }\ntriggers:\n  - { when: "errors > 5", level: 1 }\n---\n# A\n\n- [ ] Look\n`;
    expect(parseRunbook(text('')).diagnostics.map(({ code }) => code)).toContain('unknown-level');
    expect(parseRunbook(text('package: [rollback.md]\n')).diagnostics.map(({ code }) => code)).not.toContain('unknown-level');
  });
});

describe('the file that an entry names', () => {
  test('is seen from the folder of the runbook', () => {
    expect(memberFile('release/checklist.md', 'rollback.md')).toBe('release/rollback.md');
    expect(memberFile('checklist.md', 'a/rollback.md')).toBe('a/rollback.md');
    expect(memberFile('release/checklist.md', '../shared/verify.md')).toBe('shared/verify.md');
  });

  test('is none outside the workspace folder', () => {
    expect(memberFile('checklist.md', '../verify.md')).toBeNull();
    expect(memberFile('release/checklist.md', '../../verify.md')).toBeNull();
  });

  test('never leads out, however it is written', () => {
    const part = fc.constantFrom('..', 'a', 'b');
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.array(fc.constantFrom('x', 'y'), { maxLength: 3 }), (parts, folder) => {
      const file = memberFile([...folder, 'plan.md'].join('/'), parts.join('/'));
      expect(file === null || !file.split('/').includes('..')).toBe(true);
    }));
  });
});
