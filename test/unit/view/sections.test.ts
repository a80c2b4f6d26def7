import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import { input } from './fixture.ts';

const fence = (info: string, command: string): string => ['```' + info, command, '```', ''].join('\n');

/** The outline and the progress of a document, as lines. */
function counts(text: string): readonly string[] {
  const { outline, header } = buildPanelView(input(null, { runbook: parseRunbook(text) }));
  return [...outline.map(({ title, done, total, status }) => `${title} ${done}/${total} ${status}`), `all ${header.done}/${header.total}`];
}

describe('checks of a rollback are no work that is left', () => {
  it('in a part of the level, by attribute, and shared by all levels', () => {
    const level = `### Level 1: Off\n\n${fence('sh', 'off')}\n#### Verify\n\n${fence('sh', 'check')}\n- [ ] looked\n`;
    const shared = `### Level 2: Back\n\n${fence('sh', 'back')}\n${fence('sh {verify}', 'check')}\n### Verify the rollback\n\n${fence('sh', 'check all')}\n`;
    expect(counts(`# T\n\n## Do\n\n- [ ] a\n\n## Rollback\n\n${level}\n${shared}`)).toEqual([
      'Do 0/1 open', 'Rollback 0/0 none', 'Level 1: Off 0/0 none', 'Verify 0/0 none', 'Level 2: Back 0/0 none', 'Verify the rollback 0/0 none', 'all 0/1',
    ]);
  });

  it('beside the way forward', () => {
    expect(counts(`# T\n\n## Do\n\n- [ ] a\n\n${fence('sh {level=1}', 'off')}\n${fence('sh {level=1 verify}', 'check')}`)).toEqual(['Do 0/1 open', 'all 0/1']);
  });

  it('but other steps of a rollback count where they stand', () => {
    expect(counts(`# T\n\n## Do\n\n- [ ] a\n\n## Rollback\n\n- [ ] tell everyone\n\n### Level 1: Off\n\n${fence('sh', 'off')}`)).toEqual(['Do 0/1 open', 'Rollback 0/1 open', 'Level 1: Off 0/0 none', 'all 0/1']);
  });
});

it('an undo block stands where it is written, and says what it takes back', () => {
  const { blocks } = buildPanelView(input(null, { runbook: parseRunbook(`# T\n\n**Deploy**:\n\n${fence('sh {#deploy}', 'up')}\n${fence('sh {undo=deploy}', 'down')}\n${fence('text', 'plain')}`) }));
  expect(blocks.flatMap((block) => (block.kind === 'content' ? [block.caption] : []))).toEqual(['Takes back “Deploy”', undefined]);
});
