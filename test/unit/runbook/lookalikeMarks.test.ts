import { describe, expect, it } from 'vitest';
import { findHiddenCharacters } from '../../../src/core/runbook/hiddenCharacters.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { seed, seedFiles, seedsMissing } from '../../seeds.ts';

const found = (text: string): readonly string[] => findHiddenCharacters(text).map(({ codePoint, offset }) => `${codePoint} ${offset}`);

describe('dashes and quotes that look like others', () => {
  it.each([
    ['rm \u2013rf x', ['U+2013 3']], ['git push \u2014force', ['U+2014 9']], ['a -\u2013force', ['U+2013 3']], ['a \u2010\u2010b', ['U+2010 2', 'U+2010 3']],
    ['a \u2212v', ['U+2212 2']], ['a \ufe58v', ['U+FE58 2']], ['a \ufe63v', ['U+FE63 2']], ['a \uff0dv', ['U+FF0D 2']], ['a \u2011v', ['U+2011 2']], ['a \u2012v', ['U+2012 2']], ['a \u2015v', ['U+2015 2']],
    ['a --dry\u2013run', ['U+2013 7']], ['\u2013v', ['U+2013 0']], ['a;b|c \u2013v', ['U+2013 6']], ['a $(b \u2013v)', ['U+2013 6']],
    ['# rm \u2013rf\nrm \u2013rf', ['U+2013 12']], ['cat <<EOF\na \u2013b\nEOF\nrm \u2013rf', ['U+2013 22']], ['echo "a" \u2013n', ['U+2013 9']], ['a \\\n  \u2013v', ['U+2013 6']],
    ['echo \u201chello\u201d', ['U+201C 5', 'U+201D 11']], ['echo \u2018a b\u2019', ['U+2018 5', 'U+2019 9']], ['a --m=\u201cx y\u201d', ['U+201C 6', 'U+201D 10']], ['a \u2032b\u2032', ['U+2032 2', 'U+2032 4']], ['a \uff02b\uff02', ['U+FF02 2', 'U+FF02 4']],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    'echo "done \u2013 it\u2019s fine" \'\u201cquoted\u201d \u2014x\'', '# first \u2013v, then \u201cthat\u201d', 'a # \u2013v', 'echo done \u2013 ok', 'echo don\u2019t', 'echo pages 1\u20132', 'cp web\u201301 x',
    'cat <<\'EOF\' > x\nusage: a \u2013v \u201cb\u201d\nEOF\nb', 'cat <<-A <<B\n\u2013v\n\tA\n\u2013w\nB\n', 'REM use \u2013v\ndir', ':: \u201chello\u201d\ndir', 'echo "a\\"\u2013v"', 'a --message=1\u20132',
  ])('%j has none', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('are told of with their line, as other look-alikes are', () => {
    const { diagnostics, steps } = parseRunbook('# T\n\n```sh\nls\nrm \u2013rf build\n```\n');
    expect(diagnostics).toMatchObject([{ code: 'hidden-characters', line: 5 }]);
    expect(diagnostics[0]?.message).toContain('look-alike of a hyphen');
    expect(steps[0]?.commands[0]?.hidden).toMatchObject([{ codePoint: 'U+2013', name: 'look-alike of a hyphen' }]);
  });
});

it.skipIf(seedFiles.length === 0)(`none is found in the five plans${seedsMissing}`, () => {
  for (const prefix of ['000', '001', '002', '003', '004']) {
    const runbook = parseRunbook(seed(prefix));
    const commands = [...runbook.steps, ...runbook.rollbackLevels].flatMap((each) => each.commands);
    expect(commands.flatMap((command) => command.hidden), prefix).toEqual([]);
  }
});
