import { describe, expect, it } from 'vitest';
import { compareRunbooks } from '../../../src/core/run/drift/compare.ts';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { ViewInput } from '../../../src/core/view/input.ts';
import type { PanelView } from '../../../src/core/view/viewModel.ts';
import { input, started, stateAfter } from './fixture.ts';

const source = (check: string, more = ''): string => `# R\n\n- [ ] Look <!-- {#look} -->\n- [ ] Check <!-- {#check} -->\n\n  \`\`\`bash\n  ${check}\n  \`\`\`\n${more}\n## Rollback\n\n### Level 1: Off\n\n\`\`\`bash\noff${more === '' ? '' : ' --now'}\n\`\`\`\n`;
const before = parseRunbook(source('curl one'));

function view(text: string, facts: readonly RunEventBody[] = [], more: Partial<ViewInput> = {}): PanelView {
  const runbook = parseRunbook(text);
  const drift = compareRunbooks(before, runbook, (words) => `sha ${words}`);
  return buildPanelView(input(stateAfter([started, ...facts]), { runbook, drift, isEdited: true, ...more }));
}

const stepOf = (shown: PanelView, id: string): Extract<PanelView['blocks'][number], { kind: 'step' }> => {
  const block = shown.blocks.find((one) => one.kind === 'step' && one.stepId === id);
  if (block?.kind !== 'step') throw new Error('no such step');
  return block;
};
const notice = (shown: PanelView): PanelView['notices'][number] | undefined => shown.notices.find(({ id }) => id === 'changed');

describe('a runbook that was edited during its run', () => {
  const shown = view(source('curl two', '- [ ] New <!-- {#new} -->\n'));

  it('marks steps in words, with the difference', () => {
    expect(stepOf(shown, 'check').tags).toContainEqual({ text: 'changed since the run started', tone: 'warning' });
    expect(stepOf(shown, 'check').difference).toMatchObject({ words: '1 line removed, 1 line added', isLarge: false });
    expect(stepOf(shown, 'new').tags).toContainEqual({ text: 'added since the run started', tone: 'warning' });
    expect(stepOf(shown, 'look').difference).toBeNull();
    expect(shown.dock.levels[0]?.detail).toContain('changed since the run started');
  });

  it('counts what has become of it, says where, and offers the rebase', () => {
    expect(notice(shown)?.text).toContain('1 step changed, 1 step added, 1 rollback level changed');
    expect(notice(shown)?.details.map(({ text }) => text)).toEqual(['Rollback level 1, Off: changed · commands', 'Check: changed · commands', 'New: added']);
    expect(notice(shown)?.actions.map(({ id }) => id)).toEqual(['rebaseRun', 'showChanges']);
    expect(shown.header.actions.map(({ id }) => id)).toContain('rebaseRun');
  });

  it('says what is gone', () => {
    const gone = view('# R\n\n- [ ] Look <!-- {#look} -->\n');
    expect(notice(gone)?.details.map(({ text }) => text)).toEqual(['Rollback level 1, Off: gone', 'Check: gone']);
  });

  it('marks what was acknowledged as such, for that content alone', () => {
    const sha256 = compareRunbooks(before, parseRunbook(source('curl two')), (words) => `sha ${words}`).steps.get('check')?.sha256 ?? '';
    const facts: readonly RunEventBody[] = [{ type: 'drift.acknowledged', subject: { kind: 'step', stepId: 'check' }, sha256 }];
    expect(stepOf(view(source('curl two'), facts), 'check').tags).toContainEqual({ text: 'changed since the run started, acknowledged', tone: 'plain' });
    expect(stepOf(view(source('curl three'), facts), 'check').tags).toContainEqual({ text: 'changed since the run started', tone: 'warning' });
  });

  it('speaks of the rebase after one, and of steps that were left with their earlier text', () => {
    const facts: readonly RunEventBody[] = [
      { type: 'step.ticked', stepId: 'look', note: null },
      { type: 'run.rebased', fromSha256: null, textSha256: 'x', renamed: [], reopened: [], kept: ['look'] },
    ];
    const rebased = view(source('curl two'), facts);
    expect(stepOf(rebased, 'check').tags).toContainEqual({ text: 'changed since the rebase', tone: 'warning' });
    expect(stepOf(rebased, 'look').tags).toContainEqual({ text: 'done with the earlier text', tone: 'warning' });
  });

  it('of which no step is another, it is said quietly', () => {
    expect(notice(view(`${source('curl one')}\nMore words.\n`))).toMatchObject({ severity: 'info', text: expect.stringContaining('No step') as string });
    expect(notice(view(source('curl one'), [], { isEdited: false }))).toBeUndefined();
  });

  it('shows the difference with the plan of a level', () => {
    const runbook = parseRunbook(source('curl one', '\n'));
    const level = runbook.rollbackLevels[0];
    const plan = { planId: 'p', level: 1, title: 'Off', budgetSeconds: null, budgetWords: null, commands: [], sources: level?.commands ?? [], notUndone: [], startedStepIds: [] };
    expect(view(source('curl one', '\n'), [], { plan }).rollback?.difference?.lines.filter(({ sign }) => sign !== ' ')).toEqual([{ sign: '-', text: '    off' }, { sign: '+', text: '    off --now' }]);
  });
});
