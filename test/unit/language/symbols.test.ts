import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../../src/core/language/source.ts';
import { linkPlaces } from '../../../src/core/language/links.ts';
import { definitionsOf, linksTo, ownReferences, thingAt } from '../../../src/core/language/symbols/references.ts';
import { problemWithNewName, renameEdits, renamingAt } from '../../../src/core/language/symbols/rename.ts';
import { symbolPlaces } from '../../../src/core/language/symbols/symbols.ts';
import { applyEdits, type Position } from '../../../src/core/language/text.ts';
import { markdownTexts } from '../../fakes/markdownTexts.ts';

const nowhere = (): boolean => false;

/** A text with `|` at the place that is asked about. */
function marked(text: string): { readonly source: ReturnType<typeof readSource>; readonly at: Position } {
  const offset = text.indexOf('|');
  const source = readSource(text.replace('|', ''));
  return { source, at: source.lines.positionAt(offset) };
}

/** Lines (from 1) with their words at which the thing under the mark is meant; a definition is marked with `!`. */
function meant(text: string): readonly string[] {
  const { source, at } = marked(text);
  const found = thingAt(source, at);
  return found === null ? [] : ownReferences(source, found.thing, nowhere).map(({ range, isDefinition }) => `${String(range.start.line + 1)} ${source.lines.textIn(range)}${isDefinition ? '!' : ''}`);
}

function renamed(text: string, wanted: string): string {
  const { source, at } = marked(text);
  const found = renamingAt(source, at);
  if (found === null) return 'nothing';
  if ('refused' in found) return found.refused;
  const edits = renameEdits(ownReferences(source, found.thing, nowhere), wanted);
  return problemWithNewName(source, found.thing, wanted, edits) ?? applyEdits(source.text, edits);
}

const STEPS = '# R\n\n## Phase 1: A <!-- {#a} -->\n\n**Do**:\n\n```bash {#do}\nops/do\n```\n\n**Then**:\n\n```bash {#then requires="a, do|"}\nops/then\n```\n\n```bash {undo=do,then}\nops/back\n```\n\nSee [it](#do) and [there](other.runbook.md#do).\n';

describe('what is named where', () => {
  test('a step by its id, in annotations and links of the same document', () => {
    expect(meant(STEPS)).toEqual(['7 do!', '13 do', '17 do', '21 do']);
    expect(meant(STEPS.replace('do|', 'do').replace('](#do)', '](#d|o)'))).toEqual(['7 do!', '13 do', '17 do', '21 do']);
  });

  test('a step without an id of its own by its line', () => {
    expect(meant('# R\n\n- [ ] Look around\n- [ ] Then <!-- {requires=r/look-ar|ound} -->\n')).toEqual(['3 - [ ] Look around!', '4 r/look-around']);
  });

  test('a task card by its heading', () => {
    const card = (name: string, rest: string): string => `## ${name}: Build\n\n- **Assignee**: me\n- **Execution**: ${rest}\n- **Acceptance Criteria**:\n  - It builds\n\n`;
    expect(meant(`# R\n\n${card('Task_1', 'Independent')}${card('Task_2', 'Depends on Tas|k_1')}`)).toEqual(['3 Task_1!', '13 Task_1']);
  });

  test('an input in annotations and commands, by the rules of their shell', () => {
    const text = '---\ninputs:\n  VERS|ION: {}\nmonitors: { m: { command: "ops/m $VERSION" } }\n---\n# R\n\n```bash {deploys=VERSION}\nops/do "$VERSION" "${VERSION:-none}" $VERSIONS\n```\n\n```pwsh\nops/do $env:VERSION $VERSION\n```\n';
    expect(meant(text)).toEqual(['3 VERSION!', '4 VERSION', '8 VERSION', '9 VERSION', '9 VERSION', '13 VERSION']);
  });

  test('what a block captures', () => {
    expect(meant('# R\n\n```bash {capture=SH|A}\ngit rev-parse HEAD\n```\n\n**Then**:\n\n```bash\necho "$SHA"\n```\n')).toEqual(['3 SHA!', '10 SHA']);
  });

  test('environments, monitors and backups', () => {
    const head = '---\nenvironments: { staging: {}, production: {} }\nmonitors: { error_rate: { command: ops/m } }\ntriggers: [ { when: "error rate > 5%", level: 1 } ]\nbackups:\n  db: { keep: { stag|ing: 3 } }\n---\n# R\n\n```bash {backup=db capture=N}\nops/b\n```\n\n## Rollback\n\n### Level 1: Back\n\n```bash {restore=db}\nops/r\n```\n';
    expect(meant(head)).toEqual(['2 staging!', '6 staging']);
    expect(meant(head.replace('stag|ing', 'staging').replace('error rate', 'error r|ate'))).toEqual(['3 error_rate!', '4 error rate']);
    expect(meant(head.replace('stag|ing', 'staging').replace('{backup=db', '{backup=d|b'))).toEqual(['6 db!', '10 db', '18 db']);
    expect(meant(head.replace('stag|ing', 'staging').replace('level: 1', 'level: |1'))).toEqual(['4 1', '16 ### Level 1: Back!']);
  });

  test('nothing where nothing is named', () => {
    expect(meant('# R\n\nJust w|ords.\n')).toEqual([]);
  });
});

describe('a name that is not changed, because what runs would be', () => {
  const value = (command: string, language = 'bash'): string => renamed(`---\ninputs: { VER|SION: {} }\n---\n# R\n\n\`\`\`${language}\n${command}\n\`\`\`\n`, 'RELEASE');

  test.each([
    ['it is set there', 'VERSION="${VERSION#v}"; ops/do "$VERSION"'],
    ['it is counted with', 'echo $((VERSION+1))'],
    ['another shell reads it', "ssh host 'echo $VERSION'"],
    ['it is exported by its name', 'export VERSION\nops/do'],
    ['another program reads it', 'printenv VERSION'],
    ['it is asked for', '[[ -v VERSION ]]'],
  ])('%s', (_, command) => {
    expect(value(command)).toMatch(/^Line \d+ uses VERSION in a way/);
  });

  test('another language reads it', () => {
    expect(value('print(os.environ["VERSION"])', 'python {interpreter=python3}')).toMatch(/^Line 7 uses VERSION/);
  });

  test('a word that only looks like it is no matter, and placeholders follow', () => {
    expect(value('ops/do --VERSION "$VERSION" <VERSION>')).toContain('ops/do --VERSION "$RELEASE" <RELEASE>');
  });

  test('a trigger of the text measures a monitor by its words', () => {
    const text = '---\nmonitors: { error_r|ate: { command: ops/m } }\n---\n# R\n\n## Rollback triggers\n\n- Error rate > 5% for 5 minutes: Level 1\n\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/b\n```\n';
    expect(renamed(text, 'failures')).toMatch(/^A trigger of the text measures error_rate by its words/);
  });

  test('a block whose lines are not found again is not written into', () => {
    const text = '---\ninputs: { VER|SION: {} }\n---\n# R\n\n- [ ] Do\n\n   ```bash\n\techo $VERSION\n   ```\n';
    expect(renamed(text, 'RELEASE')).not.toContain('VRELEASE');
  });
});

describe('another name', () => {
  test('stands wherever the thing is named', () => {
    expect(renamed(STEPS, 'deploy')).toBe(STEPS.replace('|', '').replaceAll('#do}', '#deploy}').replace('a, do', 'a, deploy').replace('undo=do,', 'undo=deploy,').replace('](#do)', '](#deploy)'));
  });

  test.each([
    ['two words', 'An id is one word'],
    ['then', 'There is a step or section named then already, on line 13.'],
  ])('%j is refused', (wanted, why) => {
    expect(renamed(STEPS, wanted)).toContain(why);
  });

  test('of a value is that of a variable', () => {
    const text = '---\ninputs: { A|: {}, B: {} }\n---\n# R\n\n```bash\necho $A\n```\n';
    expect(renamed(text, 'PATH')).toContain('PATH is a variable');
    expect(renamed(text, 'B')).toBe('There is a value named B already, on line 2.');
    expect(renamed(text, 'C')).toBe(text.replace('|', '').replace('{ A:', '{ C:').replace('$A', '$C'));
  });

  test('that the front matter would not take is refused in its words', () => {
    expect(renamed('---\nenvironments: { st|aging: {} }\n---\n# R\n', 'a: b')).toMatch(/environment|YAML|hold/);
  });

  test('is not given to a level, nor to what is named by its words', () => {
    expect(renamed('# R\n\n## Rollback\n\n### Level 1: Back\n\n```bash {level=|1}\nops/r\n```\n', '2')).toContain('goes by its number');
    expect(renamed('# R\n\n- [ ] Look\n- [ ] Then <!-- {requires=r/lo|ok} -->\n', 'x')).toContain('Give that line an id');
    expect(renamed('# R\n\n- [ ] Lo|ok\n', 'x')).toBe('nothing');
  });
});

test('links to other documents, to their places, and to files', () => {
  const source = readSource('---\npackage: [rollback.runbook.md, "../shared/verify.md"]\n---\n# R\n\nSee [a](x.md#y%20z) [b](<with blank.md>) [c](https://example.com/#q) [d](#e)\n\n[ref]: notes.md\n\n```bash {cwd=services file=a/b.yml}\n[no](link.md)\n```\n');
  expect(linkPlaces(source).map(({ what, from, path, fragment, range }) => [what, from, path, fragment, source.lines.textIn(range)])).toEqual([
    ['member', 'document', 'rollback.runbook.md', null, 'rollback.runbook.md'],
    ['member', 'document', '../shared/verify.md', null, '../shared/verify.md'],
    ['link', 'document', 'x.md', 'y z', 'x.md#y%20z'],
    ['link', 'document', 'with blank.md', null, 'with blank.md'],
    ['link', 'document', null, 'e', '#e'],
    ['link', 'document', 'notes.md', null, 'notes.md'],
    ['folder', 'workspace', 'services', null, 'services'],
    ['file', 'workspace', 'a/b.yml', null, 'a/b.yml'],
  ]);
  expect(linksTo(source, { kind: 'id', name: 'y z' }, (path) => path === 'x.md')).toHaveLength(1);
  expect(linksTo(source, { kind: 'id', name: 'y z' }, nowhere)).toEqual([]);
});

test('any text: every place says what is named there, and renaming never breaks a reference', () => {
  fc.assert(fc.property(markdownTexts, (text) => {
    const source = readSource(text);
    for (const place of symbolPlaces(source)) {
      const words = source.lines.textIn(place.range);
      if (place.isWritten && place.kind !== 'monitor') expect(words).toBe(place.name);
      const found = renamingAt(source, place.range.start);
      if (found === null || 'refused' in found) continue;
      const edits = renameEdits(ownReferences(source, found.thing, nowhere), 'ZZ9');
      if (problemWithNewName(source, found.thing, 'ZZ9', edits) !== null) continue;
      const after = readSource(applyEdits(source.text, edits));
      expect(definitionsOf(after, { ...found.thing, name: 'ZZ9' }).length).toBe(definitionsOf(source, found.thing).length);
    }
  }), { numRuns: 300 });
});
