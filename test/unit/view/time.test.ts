import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { PanelView, SectionBlockView } from '../../../src/core/view/viewModel.ts';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import { input, started, stateAfter } from './fixture.ts';

const BOOK = parseRunbook('# R\n\n## Staging (10 min) <!-- {#staging soak=4h} -->\n\n- [ ] Look <!-- {#look} -->\n\n## Live\n\n- [ ] Switch <!-- {#switch} -->\n');
const ticked: RunEventBody = { type: 'step.ticked', stepId: 'look', note: null };

function view(facts: readonly RunEventBody[], afterHours: number | null): PanelView {
  const state = stateAfter([started, ...facts]);
  const at = Date.parse(state?.steps.get('look')?.at ?? state?.startedAt ?? '');
  return buildPanelView(input(state, { runbook: BOOK, formatTime: (iso) => iso.slice(11, 16), ...(afterHours === null ? {} : { now: at + afterHours * 3_600_000 }) }));
}
const section = (shown: PanelView): SectionBlockView => {
  const block = shown.blocks.find((each) => each.kind === 'section' && each.sectionId === 'staging');
  if (block?.kind !== 'section') throw new Error('no section');
  return block;
};
const by = (shown: PanelView, stepId: string): string => shown.blocks.flatMap((each) => (each.kind === 'step' && each.stepId === stepId ? [each.by] : [])).join();

describe('a soak in the panel', () => {
  it('is said before, counts while it goes on, and is over', () => {
    expect(section(view([], 0)).soak).toEqual({ words: 'then a soak of 4h', counting: null, end: null });
    const soaking = view([ticked], 1);
    expect(section(soaking).soak).toMatchObject({ words: expect.stringMatching(/^soak until \d\d:\d\d$/) as string, counting: { seconds: 14_400 }, end: { disabledBecause: null } });
    expect(soaking.header.soak).toMatchObject({ title: expect.stringContaining('Staging') as string, seconds: 14_400 });
    expect(soaking.header.announcement).toContain('soaks until');
    expect(soaking.header.actions.map(({ id }) => id)).toContain('endSoak');
    expect(by(soaking, 'switch')).toMatch(/^waits for the soak of Staging .*, until \d\d:\d\d$/);
    expect(soaking.header.primary?.disabledBecause).toContain('waits for the soak of');
    const over = view([ticked], 4);
    expect(section(over).soak).toMatchObject({ words: expect.stringContaining('over since') as string, counting: null, end: null });
    expect(over.header.soak).toBeUndefined();
    expect(over.header.primary?.disabledBecause).toBeNull();
  });

  it('says who ended it early and why', () => {
    const since = view([ticked], 1);
    const counting = section(since).soak?.counting;
    const ended = view([ticked, { type: 'soak.endedEarly', subject: { kind: 'section', sectionId: 'staging' }, since: counting?.since ?? '', until: new Date(Date.parse(counting?.since ?? '') + 14_400_000).toISOString(), reason: 'no traffic' }], 1);
    expect(section(ended).soak?.words).toMatch(/^soak of 4h ended early by .* before its time\. Reason: no traffic$/);
    expect(ended.header.soak).toBeUndefined();
  });

  it('counts no more once the way forward is left', () => {
    const rollback: RunEventBody = { type: 'rollback.started', rollbackId: 'r', level: 1, title: 'Off', budgetSeconds: null, planSha256: 'x', commands: [] };
    for (const facts of [[ticked, rollback], [ticked, rollback, { type: 'rollback.ended', rollbackId: 'r', outcome: 'succeeded', reason: null }]] as const) {
      const left = view(facts, 1);
      expect([left.header.soak, left.header.remainingSeconds, section(left).soak?.counting]).toEqual([undefined, undefined, null]);
    }
  });

  it('counts in the estimate of the whole and of what is left', () => {
    expect(view([], 0).header.estimateSeconds).toBe(600 + 14_400);
    expect(view([], 0).header.remainingSeconds).toBe(600 + 14_400);
    expect(view([ticked], 1).header.remainingSeconds).toBe(3 * 3600);
    expect(view([ticked], null).header.remainingSeconds).toBeUndefined();
  });
});

it('what takes longer than its budget says so at its heading', () => {
  const shown = view([{ type: 'budget.overrun', subject: { kind: 'section', sectionId: 'staging' }, since: '2026-01-05T14:00:00.000Z', budgetSeconds: 600 }], 0);
  expect(section(shown).overrun).toBe('over its 10 min since 14:10');
});
