import { describe, expect, it } from 'vitest';
import { lint } from '../../../../src/core/language/diagnostics/lint.ts';
import { AS_THEY_ARE } from '../../../../src/core/language/diagnostics/finding.ts';
import { shellLint } from '../../../../src/core/language/shell/shellLint.ts';
import { fixesFor } from '../../../../src/core/language/fixes/fixesFor.ts';
import { applyEdits } from '../../../../src/core/language/text.ts';
import { readSource } from '../../../../src/core/language/source.ts';
import { safeEdits } from '../../../../src/core/language/fixes/fixesFor.ts';
import { ShellGrammars } from '../../../../src/node/shellGrammar.ts';
import { GRAMMARS, grammars } from './kit.ts';

/** What is underlined in a document, as `code: text`, and in which line, from 1. */
function underlined(text: string): readonly string[] {
  const source = readSource(text);
  return [...shellLint(source, grammars)].flatMap(({ found: ofBlock }) => ofBlock).map(({ code, range }) => `${String(range.start.line + 1)} ${code}: ${source.lines.textIn(range)}`);
}

describe('where it is underlined', () => {
  it.each([
    ['in an item', '# T\n\n## S\n\n- [ ] a\n\n  ```bash {irreversible}\n  ls\n  rm -rf "$DIR/"\n  ```\n', '9 rm-unset: "$DIR/"'],
    ['in a session, behind its prompt', '# T\n\n## S\n\n```console {irreversible}\n$ ls\na "line\n$ rm -rf "$DIR/"\n```\n', '8 rm-unset: "$DIR/"'],
    ['in a quote', '# T\n\n## S\n\n> ```bash {irreversible}\n> rm -rf "$DIR/"\n> ```\n', '6 rm-unset: "$DIR/"'],
    ['behind characters of two units', '# T\n\n## S\n\n```bash {irreversible}\necho "𝒳é"; rm -rf "$DIR/"\n```\n', '6 rm-unset: "$DIR/"'],
    ['with a placeholder before it', '# T\n\n## S\n\n```bash {irreversible}\nops/do <version> "<who>" && rm -rf "$DIR/"\n```\n', '6 rm-unset: "$DIR/"'],
  ])('%s', (_, text, expected) => {
    expect(underlined(text)).toEqual([expected]);
    expect(underlined(text.replace(/\n/g, '\r\n')), 'with other line ends').toEqual([expected]);
  });

  it('once, in what belongs to several levels', () => {
    const text = '# T\n\n## Rollback\n\n```bash\nrm -rf "$DIR/"\n# Level 1: One\nops/one\n# Level 2: Two\nops/two\n```\n';
    expect(readSource(text).runbook.rollbackLevels).toHaveLength(2);
    expect(underlined(text)).toEqual(['6 rm-unset: "$DIR/"']);
  });
});

describe('what can be corrected', () => {
  it.each([
    ['rm -rf "$DIR/releases"', 'rm -rf "${DIR:?}/releases"'],
    ['rm -rf ${APP}/*', 'rm -rf ${APP:?}/*'],
    ['cd "$APP"\nrm -rf releases', 'cd "$APP" || exit 1\nrm -rf releases'],
  ])('%s', (before, after) => {
    const text = `# T\n\n## S\n\n- [ ] a\n\n  ~~~bash {irreversible}\n  ${before.replace('\n', '\n  ')}\n  ~~~\n`;
    const source = readSource(text);
    const found = [...shellLint(source, grammars)].flatMap(({ found: ofBlock }) => ofBlock);
    const [fix] = fixesFor(source, found[0]?.range ?? source.lines.lineRange(0), found);
    expect(fix?.isPreferred).toBe(true);
    const changed = applyEdits(text, fix?.edits ?? []);
    expect(changed).toContain(after.replace('\n', '\n  '));
    expect(underlined(changed)).toEqual([]);
  });

  it('what is destroyed gets a block that brings it back', () => {
    const source = readSource('# T\n\n## S\n\n- [ ] a\n\n  ~~~bash {#drop}\n  dropdb orders\n  ~~~\n');
    const found = [...shellLint(source, grammars)].flatMap(({ found: ofBlock }) => ofBlock);
    expect(fixesFor(source, found[0]?.range ?? source.lines.lineRange(0), found)[0]?.title).toBe('Add a block that takes #drop back');
  });
});

describe('with what else is underlined', () => {
  const bad = '# T\n\n**S**:\n\n<!-- runbook-lint-disable-next-line opens-session -->\n```bash {irreversible}\nssh staging\nuptime\n```\n';
  const codes = (shell: Parameters<typeof lint>[2], text = bad): readonly string[] => lint(readSource(text), { ...AS_THEY_ARE, severities: new Map([['no-rollback', 'off']]) }, shell).map(({ code }) => code);

  it('comments hide it', () => {
    const found = [...shellLint(readSource(bad), grammars)].flatMap(({ found: ofBlock }) => ofBlock);
    expect(found.map(({ code }) => code)).toEqual(['opens-session']);
    expect(codes(found)).toEqual([]);
    expect(codes(found, bad.replace('opens-session', 'rm-unset'))).toEqual(['unused-lint-disable', 'opens-session']);
  });

  it('as long as it is not known, no comment is said to hide nothing', () => {
    expect(codes(null)).toEqual([]);
    expect(codes([])).toEqual(['unused-lint-disable']);
  });

  it.each([
    ['a grammar is not there', new ShellGrammars('/no/such/folder', () => undefined), 'uptime'],
    ['a block is too long', grammars, 'x'.repeat(20_001)],
    ['a parse takes too long', new ShellGrammars(GRAMMARS, () => undefined, { limit: -1 }), 'sh -x a | '.repeat(500)],
    ['a block has too many calls', grammars, 'ls\n'.repeat(1_000)],
  ])('nor when %s, and the comment stays', async (_, syntax, body) => {
    await syntax.load(['bash']);
    const source = readSource(`# T\n\n<!-- runbook-lint-disable credential-in-clear -->\n\n**S**:\n\n\`\`\`bash {irreversible}\n${body}\n\`\`\`\n`);
    const blocks = [...shellLint(source, syntax)];
    expect(blocks.map(({ isWhole }) => isWhole)).toEqual([false]);
    const all = lint(source, AS_THEY_ARE, blocks.flatMap(({ found }) => found), blocks.every(({ isWhole }) => isWhole));
    expect(all.map(({ code }) => code)).not.toContain('unused-lint-disable');
    expect(safeEdits(source, all)).toEqual([]);
  });

  it('a block of a shell that nobody looks at keeps nothing open', () => {
    expect([...shellLint(readSource('# T\n\n```fish\nls\n```\n'), grammars)]).toEqual([{ found: [], isWhole: true }]);
  });
});
