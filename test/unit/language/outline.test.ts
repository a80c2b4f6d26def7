import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outline, type OutlineItem } from '../../../src/core/language/outline.ts';
import { readSource } from '../../../src/core/language/source.ts';
import { isBefore } from '../../../src/core/language/text.ts';
import { markdownTexts } from '../../fakes/markdownTexts.ts';
import { seedFiles, seedsMissing } from '../../seeds.ts';

const brief = (items: readonly OutlineItem[]): unknown[] => items.map(({ name, detail, children }) => [name, detail, ...brief(children)]);

test('phases hold their steps, and steps their sub-steps', () => {
  const text = '# Deploy\n\n## Phase 1: Build (5 min)\n\n- [ ] Look <!-- {owner=@qa} -->\n  - [ ] Twice\n\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n\n## Go/No-Go\n\n- [ ] Go\n- [ ] No-Go\n';
  expect(brief(outline(readSource(text)))).toEqual([
    ['Deploy', '', ['Phase 1: Build (5 min)', '5 min', ['Look', '@qa', ['Twice', '']]], ['Rollback', 'rollback', ['Level 1: Back', 'rollback']], ['Go/No-Go', 'gate', ['Go', 'gate'], ['No-Go', 'gate']]],
  ]);
});

/** What an editor refuses: a name that is empty, a selection outside its item, a child outside its parent. */
function check(items: readonly OutlineItem[], around: OutlineItem | null): void {
  for (const item of items) {
    expect(item.name.trim()).not.toBe('');
    expect(isBefore(item.selection.start, item.range.start) || isBefore(item.range.end, item.selection.end)).toBe(false);
    if (around !== null) expect(isBefore(around.range.end, item.range.end)).toBe(false);
    check(item.children, item);
  }
}

test('any text has an outline that an editor takes', () => {
  fc.assert(fc.property(markdownTexts, (text) => check(outline(readSource(text)), null)), { numRuns: 200 });
});

test.skipIf(seedFiles.length === 0)(`plans without any annotation have all of their steps in the outline${seedsMissing}`, () => {
  const count = (items: readonly OutlineItem[]): number => items.reduce((sum, item) => sum + 1 + count(item.children), 0);
  for (const file of seedFiles) {
    const source = readSource(readFileSync(file, 'utf8'));
    expect(count(outline(source)), file).toBe(source.runbook.sections.length + source.runbook.steps.length);
    check(outline(source), null);
  }
});
