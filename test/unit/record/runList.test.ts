import { describe, expect, it } from 'vitest';
import { matchesFilter } from '../../../src/core/record/runFilter.ts';
import { summaryOf, type RunSummary } from '../../../src/core/record/runSummary.ts';
import { commitMessage, stateWords } from '../../../src/core/record/runWords.ts';
import { EMPTY_RUN } from '../../../src/core/run/evolve.ts';
import { runRow } from '../../../src/core/view/runRow.ts';

const summary: RunSummary = {
  runId: '01KE6ZQ5G0SHAREDRECORD7K3Q',
  title: 'Deploy orders v2.0.0',
  file: 'ops/deploy.runbook.md',
  state: 'rolled-back',
  level: 1,
  startedAt: '2026-01-05T14:00:00.000Z',
  startedBy: { name: 'Ada Lovelace', email: 'ada@example.org' },
  git: { branch: 'main', commit: '3f2a1c9aaaaaaaaa', clean: true },
  environment: 'production',
};

describe('the message of a record’s commit', () => {
  it('says what was run, how it ended and from where', () => {
    expect(commitMessage(summary)).toBe('Record of run 7K3Q: Deploy orders v2.0.0 rolled back at level 1 on main @ 3f2a1c9');
    expect(commitMessage({ ...summary, state: 'completed', git: null })).toBe('Record of run 7K3Q: Deploy orders v2.0.0 completed');
    expect(commitMessage({ ...summary, title: '', state: 'unreadable', git: null })).toBe('Record of run 7K3Q: unknown runbook cannot be read');
  });

  it('is one line of plain text, whatever the record holds', () => {
    const message = commitMessage({ ...summary, title: `a\n\nSigned-off-by: \u001b[31m\u202Ex${'y'.repeat(500)}`, git: { branch: 'x\ny', commit: 'abc\n', clean: null } });
    expect(message).not.toMatch(/[\n\u001b\u202e]/);
    expect(message.length).toBeLessThan(200);
  });
});

describe('a run in a list', () => {
  it('takes from the record what there is', () => {
    const fields = new Map([['version', '2'], ['Environment', ' staging ']]);
    const state = { ...EMPTY_RUN, startedAt: 'x', ended: { outcome: 'rolled-back' as const, reason: null, at: 'y' }, fields };
    expect(summaryOf('r', state)).toMatchObject({ state: 'rolled-back', level: null, environment: 'staging' });
    expect(summaryOf('r', { ...state, ended: null })).toMatchObject({ state: 'open' });
    expect(summaryOf('r', EMPTY_RUN)).toMatchObject({ state: 'unreadable' });
  });

  it('has its state in words beside the icon', () => {
    const row = runRow(summary, () => '5 Jan 2026, 14:00', false);
    expect(row).toMatchObject({ label: '5 Jan 2026, 14:00', description: 'rolled back at level 1 · production · Ada Lovelace · main', icon: 'discard' });
    expect(row.tooltip).toContain('Run 01KE6ZQ5G0SHAREDRECORD7K3Q: rolled back at level 1');
    expect(runRow(summary, () => 'then', true).label).toBe('then · “Deploy orders v2.0.0”');
    const states = (['open', 'completed', 'rolled-back', 'stopped', 'abandoned', 'unreadable'] as const).map((state) => ({ ...summary, state }));
    expect(new Set(states.map((each) => runRow(each, () => '', false).icon)).size).toBe(states.length);
    expect(new Set(states.map(stateWords)).size).toBe(states.length);
  });
});

describe('a filter', () => {
  const match = (words: string): boolean => matchesFilter(summary, words, '5 Jan 2026, 14:00');

  it('takes words of title, person, state, branch, environment and date, in any order and case', () => {
    for (const words of ['', 'ORDERS ada', 'rolled main', 'production 3f2a1c9', '5 jan', '2026-01-05', '7K3Q', 'deploy.runbook.md']) expect([words, match(words)]).toEqual([words, true]);
    for (const words of ['orders grace', 'completed', 'staging']) expect([words, match(words)]).toEqual([words, false]);
  });
});
