import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allCommands } from '../../../src/core/runbook/allCommands.ts';
import { readSource } from '../../../src/core/language/source.ts';
import { markdownTexts } from '../../fakes/markdownTexts.ts';
import { applyEdits, contains, Lines, rangeOf } from '../../../src/core/language/text.ts';

const TEXT = [
  '---', 'runbook: 1', 'inputs:', '  VERSION: { description: "Release: now", required: true }', '---', '',
  '# Deploy', '', '## Phase 1: Build <!-- {#build requires=check} -->', '',
  '- [ ] Look at it', '  twice <!-- {#look by=@sre} -->', '',
  '  ```bash {#go timeout=5m title="Go on"}', '  ops/build', '', '    --all', '  ```', '',
  '```console', '$ ops/look', 'fine', '$ ops/end', '```', '',
].join('\n');

describe('where things stand', () => {
  test('lines end as they do in the editor', () => {
    const lines = new Lines('a\r\nbc\rd\n');
    expect([0, 1, 2, 3, 4].map((line) => lines.lineText(line))).toEqual(['a', 'bc', 'd', '', '']);
    expect(lines.positionAt(4)).toEqual({ line: 1, character: 1 });
    expect(lines.offsetAt({ line: 1, character: 99 })).toBe(5);
  });

  test('annotations with the pieces that they are made of', () => {
    const source = readSource(TEXT);
    const words = source.annotations.map(({ on, tokens }) => [on, ...tokens.map(({ name, value }) => [source.lines.textIn(name), value === null ? null : source.lines.textIn(value)])]);
    expect(words).toEqual([
      ['heading', ['build', null], ['requires', 'check']],
      ['item', ['look', null], ['by', '@sre']],
      ['fence', ['go', null], ['timeout', '5m'], ['title', 'Go on']],
    ]);
  });

  test('keys of the front matter of all depths', () => {
    const source = readSource(TEXT);
    expect(source.frontMatter?.entries.map(({ path, key, value }) => [path.join('.'), source.lines.textIn(key), value === null ? null : source.lines.textIn(value)])).toEqual([
      ['runbook', 'runbook', '1'],
      ['inputs', 'inputs', null],
      ['inputs.VERSION', 'VERSION', null],
      ['inputs.VERSION.description', 'description', '"Release: now"'],
      ['inputs.VERSION.required', 'required', 'true'],
    ]);
  });

  test.each(['\n', '\r\n'])('the characters of commands, indented or behind a prompt (line ends %j)', (end) => {
    const source = readSource(TEXT.replaceAll('\n', end));
    const found = [...allCommands({ steps: source.runbook.steps, levels: [], undos: [] })].map((command) => {
      const place = source.placesOf(command);
      return command.text.split('\n').map((text, index, all) => {
        const offset = all.slice(0, index).join('\n').length + (index === 0 ? 0 : 1);
        return source.lines.textIn({ start: place(offset), end: place(offset + text.length) }) === text ? place(offset) : text;
      });
    });
    expect(found[0]?.slice(0, 3)).toEqual([{ line: 14, character: 2 }, { line: 15, character: 0 }, { line: 16, character: 2 }]);
    expect(found[1]?.slice(0, 2)).toEqual([{ line: 20, character: 2 }, { line: 22, character: 2 }]);
  });
});

describe('any text', () => {
  test('is read without an error, and every place is inside it', () => {
    fc.assert(fc.property(markdownTexts, (text) => {
      const source = readSource(text);
      const inside = ({ line, character }: { line: number; character: number }): boolean => line >= 0 && line < source.lines.count && character >= 0 && character <= source.lines.lineText(line).length;
      const places = [
        ...source.annotations.flatMap(({ range, tokens }) => [range, ...tokens.flatMap(({ range, name, value }) => [range, name, ...(value === null ? [] : [value])])]),
        ...(source.frontMatter?.entries ?? []).flatMap(({ key, value, range }) => [key, range, ...(value === null ? [] : [value])]),
      ].flatMap(({ start, end }) => [start, end]);
      const commands = allCommands({ steps: source.runbook.steps, levels: source.runbook.rollbackLevels, undos: source.runbook.undos });
      for (const command of commands) for (const offset of [0, 1, command.text.length]) places.push(source.placesOf(command)(offset));
      expect(places.filter((place) => !inside(place))).toEqual([]);
      expect(source.fences.every(({ line, endLine }) => line <= endLine && endLine < source.lines.count)).toBe(true);
    }), { numRuns: 300 });
  });

  test('offsets and places say the same', () => {
    fc.assert(fc.property(markdownTexts, fc.nat(500), (text, at) => {
      const lines = new Lines(text);
      const offset = Math.min(at, text.length);
      const inEnd = text.charAt(offset) === '\n' && text.charAt(offset - 1) === '\r';
      expect(lines.offsetAt(lines.positionAt(offset))).toBe(inEnd ? offset - 1 : offset);
    }));
  });
});

test('edits are made side by side', () => {
  expect(applyEdits('one two\nthree', [{ range: rangeOf(1, 0, 5), newText: '3' }, { range: rangeOf(0, 4, 7), newText: '2' }, { range: rangeOf(0, 0, 0), newText: '> ' }])).toBe('> one 2\n3');
  expect(contains(rangeOf(0, 1, 3), { line: 0, character: 3 })).toBe(true);
});

// Exponential reading would not end before the test's time is over.
test('a line of many marks and blanks is read to its end', () => {
  expect(readSource(`${'-  '.repeat(200)}x \`\`\`\n`).fences).toEqual([]);
  expect(readSource(`${'>  '.repeat(200)}\`\`\`bash\n`).fences).toHaveLength(1);
});
