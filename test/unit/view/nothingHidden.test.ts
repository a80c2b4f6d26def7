import { expect, it } from 'vitest';
import { isShownElsewhere } from '../../../src/core/view/shownElsewhere.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

it('hides metadata that the header shows, and no other words with the same key', () => {
  const runbook = parseRunbook('# T\n\n**Purpose**: one `code`\n\n## Part\n\n**Purpose**: two\n');
  const contents = runbook.blocks.flatMap((block) => (block.kind === 'content' ? [block] : []));
  expect(contents.map((block) => [block.line, isShownElsewhere(block, undefined, runbook)])).toEqual([[3, true], [7, false]]);
});

it('hides a list that the header shows, and none that says more', () => {
  const shown = (text: string): boolean[] => {
    const runbook = parseRunbook(text);
    return runbook.blocks.flatMap((block) => (block.kind === 'content' ? [isShownElsewhere(block, undefined, runbook)] : []));
  };
  expect(shown('# T\n\n- **From**: 1\n- **To**: `2`\n')).toEqual([true]);
  expect(shown('# T\n\n- **From**: 1\n- and a word\n')).toEqual([false]);
  expect(shown('# T\n\n- **From**: 1\n  - nested\n')).toEqual([false]);
  expect(shown('# T\n\n- **From**: 1\n\n  More of it.\n')).toEqual([false]);
});
