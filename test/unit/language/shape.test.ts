import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldingRanges } from '../../../src/core/language/folding.ts';
import { formatAnnotations } from '../../../src/core/language/format.ts';
import { selectionRanges } from '../../../src/core/language/selection.ts';
import { semanticTokens } from '../../../src/core/language/semanticTokens.ts';
import { readSource } from '../../../src/core/language/source.ts';
import { applyEdits, contains, isBefore } from '../../../src/core/language/text.ts';
import { parseAttributes } from '../../../src/core/runbook/attributes.ts';
import { markdownTexts } from '../../fakes/markdownTexts.ts';

const formatted = (text: string): string => applyEdits(text, formatAnnotations(readSource(text)));

describe('the form of annotations', () => {
  test.each([
    ['```bash {timeout=5m   #do confirm }', '```bash {#do timeout=5m confirm}'],
    ['```bash{#do}', '```bash {#do}'],
    ['```bash   {#do}   ', '```bash {#do}'],
    ['``` {.bash #do}', '``` {.bash #do}'],
    ['```bash {:#do}', '```bash {#do}'],
    ['```bash {#do requires="a,b" title=\'Go\' owner="@qa"}', '```bash {#do requires=a,b title="Go" owner=@qa}'],
    ['```bash {#do expect=/a b\\.c/ interpreter="python3 -u" confirm=""}', '```bash {#do expect=/a b\\.c/ interpreter="python3 -u" confirm=""}'],
    ['```bash {"name":"do"}', '```bash {"name":"do"}'],
    ['```bash {#do ??}', '```bash {#do ??}'],
    ['```bash {#do', '```bash {#do'],
  ])('%s', (before, after) => {
    expect(formatted(`# R\n\n${before}\nops/do\n\`\`\`\n`)).toBe(`# R\n\n${after}\nops/do\n\`\`\`\n`);
  });

  test('behind headings and items, and nowhere else', () => {
    expect(formatted('# R\n\n## Phase 1:  two  blanks   <!--{ soak=4h  #a }-->\n\n-   [ ]  Look   <!--   {evidence}-->\n')).toBe('# R\n\n## Phase 1:  two  blanks <!-- {#a soak=4h} -->\n\n-   [ ]  Look <!-- {evidence} -->\n');
  });

  test('any text: what it says stays, a second time changes nothing, and all else is as it was', () => {
    fc.assert(fc.property(markdownTexts, (text) => {
      const source = readSource(text);
      const once = formatted(text);
      expect(formatted(once)).toBe(once);
      const said = (of: string): unknown => readSource(of).runbook.annotations.map((place) => {
        const { attributes } = parseAttributes(place.text, place.line);
        return [place.line, attributes.id, [...attributes.values].sort()];
      });
      expect(said(once)).toEqual(said(text));
      const after = readSource(once);
      expect(after.runbook.steps.map(({ id, title }) => [id, title])).toEqual(source.runbook.steps.map(({ id, title }) => [id, title]));
    }), { numRuns: 500 });
  });
});

const TEXT = '---\ninputs:\n  VERSION: { description: x }\n---\n\n# R\n\n**Stage 1: Build**\n\n- [ ] Look <!-- {#look owner=@qa} -->\n\n  ```bash {timeout=5m}\n  ops/build "$VERSION" <host>\n  ```\n\nwords\n\n';

test('steps, labelled phases and keys of the front matter are folded', () => {
  const lines = foldingRanges(readSource(TEXT)).map(({ start, end }) => `${String(start + 1)}-${String(end + 1)}`);
  expect(lines).toEqual(expect.arrayContaining(['2-3', '8-16', '10-14']));
});

test('a selection grows from a value to its step and its section', () => {
  const source = readSource(TEXT);
  const at = source.lines.positionAt(TEXT.indexOf('5m') + 1);
  const grown = selectionRanges(source, at).map((range) => source.lines.textIn(range));
  expect(grown.slice(0, 4)).toEqual(['5m', 'timeout=5m', '{timeout=5m}', '```bash {timeout=5m}']);
  expect(grown.some((words) => words.startsWith('- [ ] Look') && words.endsWith('```'))).toBe(true);
  expect(grown.at(-1)).toBe(TEXT);
  const command = selectionRanges(source, source.lines.positionAt(TEXT.indexOf('ops/build'))).map((range) => source.lines.textIn(range));
  expect(command[0]).toBe('ops/build "$VERSION" <host>');
});

test('words are coloured by what they mean', () => {
  const source = readSource(`${TEXT}\`\`\`bash {undo=look what=3}\nx\n\`\`\`\n`);
  expect(semanticTokens(source).map(({ range, type, isDeclaration }) => `${source.lines.textIn(range)} ${type}${isDeclaration ? '!' : ''}`)).toEqual([
    'inputs property', 'VERSION variable!', 'description property',
    'look function!', 'owner property', '@qa string',
    'timeout property', '5m number', 'VERSION variable', '<host> macro',
    'undo property', 'look function',
  ]);
});

test('any text: foldings, selections and colours are as an editor takes them', () => {
  fc.assert(fc.property(markdownTexts, fc.nat(400), (text, seed) => {
    const source = readSource(text);
    for (const { start, end } of foldingRanges(source)) expect(start >= 0 && start < end && end < source.lines.count).toBe(true);
    const at = source.lines.positionAt(seed % (text.length + 1));
    let inner = null as ReturnType<typeof selectionRanges>[number] | null;
    for (const range of selectionRanges(source, at)) {
      expect(contains(range, at)).toBe(true);
      if (inner !== null) expect(isBefore(inner.start, range.start) || isBefore(range.end, inner.end)).toBe(false);
      inner = range;
    }
    let last = { line: 0, character: 0 };
    for (const { range } of semanticTokens(source)) {
      expect(isBefore(range.start, last)).toBe(false);
      expect(range.start.line === range.end.line && range.start.character < range.end.character && range.end.character <= source.lines.lineText(range.end.line).length).toBe(true);
      last = range.end;
    }
  }), { numRuns: 500 });
});
