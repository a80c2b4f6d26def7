import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compareRunbooks, hasDrift, type Drift } from '../../../src/core/run/drift/compare.ts';
import { diffLines } from '../../../src/core/run/drift/diffLines.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { Runbook, Step } from '../../../src/core/runbook/model.ts';
import { commandOf } from '../../fakes/commands.ts';
import { levelOf, runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const compare = (before: Runbook | null, now: Runbook): Drift => compareRunbooks(before, now, sha256);
const kinds = (drift: Drift): Record<string, string> => Object.fromEntries([...drift.steps].map(([id, { kind, parts }]) => [id, kind === 'changed' ? parts.join('+') : kind]));

describe('a difference of lines', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 14 });
  const longestCommon = (a: readonly string[], b: readonly string[]): number => {
    let row = b.map(() => 0);
    for (const left of a) row = b.reduce<number[]>((next, right, j) => [...next, left === right ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0)], []);
    return row.at(-1) ?? 0;
  };

  test('gives back both sides, and holds as many equal lines as there can be', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const found = diffLines(before, after);
        expect(found.flatMap(({ sign, text }) => (sign === '+' ? [] : [text]))).toEqual(before);
        expect(found.flatMap(({ sign, text }) => (sign === '-' ? [] : [text]))).toEqual(after);
        expect(found.filter(({ sign }) => sign === ' ')).toHaveLength(longestCommon(before, after));
      }),
      { numRuns: 500 },
    );
  });

  test('of two texts that are too large to be compared closely is whole all the same', () => {
    const [before, after] = ['x', 'y'].map((name) => Array.from({ length: 2_100 }, (_, at) => `${name}${String(at)}`)) as [string[], string[]];
    const found = diffLines(['same', ...before, 'end'], ['same', ...after, 'end']);
    expect(found).toHaveLength(4_202);
    expect([found[0], found.at(-1)]).toEqual([{ sign: ' ', text: 'same' }, { sign: ' ', text: 'end' }]);
  });
});

describe('what has become of a runbook', () => {
  const a = stepOf('a', { commands: ['one'] });
  const b = stepOf('b', { commands: ['two'] });
  const m = stepOf('m');

  test('nothing, when only lines, numbers and ticks in the source are others', () => {
    const shifted = [a, b, m].map((step) => ({ ...step, line: step.line + 7, endLine: 90, ordinal: 4, tickedInSource: true }));
    const drift = compare(runbookOf([a, b, m]), runbookOf(shifted));
    expect(hasDrift(drift)).toBe(false);
  });

  test.each<[string, Step, string]>([
    ['its title', { ...a, title: 'New', titleMarkdown: 'New' }, 'title'],
    ['its command', { ...a, commands: [commandOf('rm -rf /')] }, 'commands'],
    ['a space at the end of a line', { ...a, commands: [commandOf('one ')] }, 'commands'],
    ['the directory of its command', { ...a, commands: [commandOf('one', { cwd: 'elsewhere' })] }, 'commands'],
    ['its interpreter', { ...a, commands: [commandOf('one', { shell: 'zsh' })] }, 'commands'],
    ['its limit', { ...a, commands: [commandOf('one', { timeoutSeconds: 3 })] }, 'commands'],
    ['that it no longer asks', { ...a, confirm: 'production' }, 'attributes'],
    ['what it requires', { ...a, requires: ['m'] }, 'attributes'],
    ['that it stands aside', { ...a, aside: true }, 'attributes'],
  ])('%s: the step has changed in that, and no other has', (_, edited, part) => {
    const drift = compare(runbookOf([a, b, m]), runbookOf([edited, b, m]));
    expect(kinds(drift)).toEqual({ a: part });
    expect(drift.steps.get('a')?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the shell and the limit of the front matter count where they take effect', () => {
    const [plain, own] = [stepOf('p', { commands: [commandOf('one', { language: 'shell' })] }), stepOf('o', { commands: [commandOf('two', { language: 'bash', timeoutSeconds: 5 })] })];
    const frontMatter = { version: null, title: null, shell: 'zsh', timeoutSeconds: 60 };
    expect(kinds(compare(runbookOf([plain, own]), runbookOf([plain, own], { frontMatter })))).toEqual({ p: 'commands' });
  });

  test('a gate in another section decides something else', () => {
    const gate = stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'x' });
    const sections = [sectionOf('x'), sectionOf('y')];
    expect(kinds(compare(runbookOf([gate], { sections }), runbookOf([{ ...gate, sectionId: 'y' }], { sections })))).toEqual({ go: 'attributes' });
  });

  test('the words inside a step belong to it', () => {
    const text = (words: string): Runbook => parseRunbook(`# R\n\n- [ ] Look <!-- {#look} -->\n\n  ${words}\n\n- [ ] Other <!-- {#other} -->\n`);
    expect(kinds(compare(text('at the dashboard'), text('at the log')))).toEqual({ look: 'text' });
  });

  test('a renamed step is known by its commands when only one has them; never by its place', () => {
    const renamed = { ...a, id: 'z', title: 'New', titleMarkdown: 'New' };
    const drift = compare(runbookOf([a, b]), runbookOf([b, renamed]));
    expect(kinds(drift)).toEqual({ z: 'title' });
    expect(drift.steps.get('z')?.before).toBe(a);
    expect(drift.gone).toEqual([]);
    const twins = compare(runbookOf([a, b]), runbookOf([renamed, { ...renamed, id: 'y' }]));
    expect(kinds(twins)).toEqual({ z: 'added', y: 'added' });
    expect(twins.gone.map(({ id }) => id)).toEqual(['a', 'b']);
    const manual = compare(runbookOf([m, b]), runbookOf([{ ...m, id: 'n' }, b]));
    expect(kinds(manual)).toEqual({ n: 'added' });
    expect(manual.gone).toEqual([m]);
  });

  test('levels: changed, added and gone', () => {
    const levels = (...rollbackLevels: ReturnType<typeof levelOf>[]): Runbook => runbookOf([a], { rollbackLevels });
    const drift = compare(levels(levelOf(1, ['off']), levelOf(2, ['back'], ['check'])), levels(levelOf(2, ['back'], ['look']), levelOf(3, ['restore'])));
    expect([...drift.levels].map(([level, { kind, parts }]) => [level, kind, parts])).toEqual([[2, 'changed', ['commands']], [3, 'added', []]]);
    expect(drift.goneLevels.map(({ level }) => level)).toEqual([1]);
    expect(drift.steps.size).toBe(0);
  });

  test('without the text of the run everything that runs has to be read', () => {
    const drift = compare(null, runbookOf([a, m], { rollbackLevels: [levelOf(1, ['off'])] }));
    expect(drift.isKnown).toBe(false);
    expect([...drift.steps.keys(), ...drift.levels.keys()]).toEqual(['a', 1]);
    expect(drift.steps.get('a')?.difference.every(({ sign }) => sign === '+')).toBe(true);
  });
});

const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), title: fc.constantFrom('T', 'U'), commands: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 }) });
const runbooks = fc.uniqueArray(step, { selector: ({ id }) => id, maxLength: 5 }).map((list) => runbookOf(list.map(({ id, title, commands }) => stepOf(id, { title, titleMarkdown: title, commands }))));

test('every step is the same, changed, moved, added or gone, and each earlier step is taken for one step at most', () => {
  fc.assert(
    fc.property(runbooks, runbooks, (before, now) => {
      const drift = compare(before, now);
      const pairs = now.steps.flatMap(({ id }) => {
        const change = drift.steps.get(id);
        return change === undefined ? [id] : (change.before?.id ?? []);
      });
      expect(new Set(pairs).size).toBe(pairs.length);
      expect([...pairs, ...drift.gone.map(({ id }) => id)].sort()).toEqual(before.steps.map(({ id }) => id).sort());
      for (const { kind, sha256: hash, difference, parts } of drift.steps.values()) {
        expect(hash === null).toBe(kind === 'moved');
        expect(difference.some(({ sign }) => sign !== ' ')).toBe(kind !== 'moved');
        expect(parts.length > 0).toBe(kind === 'changed');
      }
      // Both ways see the same: what was added here is gone there.
      const back = compare(now, before);
      expect(back.gone.map(({ id }) => id)).toEqual([...drift.steps.values()].filter(({ kind }) => kind === 'added').map(({ now: { id } }) => id));
      expect(hasDrift(compare(before, { ...before, lineCount: 2 }))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('another edit of the same step is another difference, and the same edit is the same', () => {
  const text = (command: string): Runbook => runbookOf([stepOf('a', { commands: [command] })]);
  const hash = (command: string): string | null | undefined => compare(text('one'), text(command)).steps.get('a')?.sha256;
  expect(hash('two')).toBe(hash('two'));
  expect(hash('two')).not.toBe(hash('three'));
});
