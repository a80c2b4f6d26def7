import { describe, expect, test } from 'vitest';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { Actor, RunEventBody } from '../../../src/core/run/events.ts';
import { evolve } from '../../../src/core/run/evolve.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import type { NoticeView, PanelView, StepBlockView } from '../../../src/core/view/viewModel.ts';
import { input, started, stateAfter } from './fixture.ts';

const mary: Actor = { name: 'Mary\u202e Somerville', email: 'mary@example.org' };
const remark = (stepId: string | null, text: string): RunEventBody => ({ type: 'remark.added', stepId, text });
const decided = (stepId: string | null, decision: 'approved' | 'rejected', note: string | null = null): RunEventBody => ({ type: 'approval.given', stepId, decision, note });

/** A run that goes on, of which Mary said something at a quarter past three and later. */
function reviewed(...said: readonly RunEventBody[]): RunState {
  const run = stateAfter([started, { type: 'step.ticked', stepId: 'backup', note: null }]);
  return said.reduce<RunState>(
    (state, body, index) => evolve(state, { v: 1, id: `m${String(index)}`, run: '01J9ZZZZZZZZZZZZZZZZZZ7QXW', writer: 'm', seq: index + 1, heads: { w: 2 }, prev: null, time: `2026-01-05T15:${String(15 + index)}:00.000Z`, actor: mary, body }),
    run,
  );
}

const shown = (state: RunState): PanelView => buildPanelView(input(state));
const notice = (view: PanelView): NoticeView | undefined => view.notices.find(({ id }) => id === 'said');
const step = (view: PanelView, id: string): StepBlockView | undefined => view.blocks.find((block): block is StepBlockView => block.kind === 'step' && block.stepId === id);

describe('what reviewers said, beside a run', () => {
  test('stands at its step with who, when and what, and what cannot be seen is named', () => {
    const view = shown(reviewed(remark('backup', 'how old\u200b?'), decided('backup', 'approved', 'seen')));
    expect(step(view, 'backup')?.said).toEqual([
      { kind: 'approved', by: 'Mary[U+202E] Somerville · 15:16', text: 'seen', overtaken: null },
      { kind: 'remark', by: 'Mary[U+202E] Somerville · 15:15', text: 'how old[U+200B]?', overtaken: null },
    ]);
    expect(step(view, 'told')).not.toHaveProperty('said');
    expect(notice(view)).toMatchObject({ severity: 'info', text: 'Reviewers have looked at this run; more is said at 1 step.', said: [] });
  });

  test('of the run stands above the document: a rejection warns, an approval does not', () => {
    expect(notice(shown(reviewed()))).toBeUndefined();
    expect(notice(shown(reviewed(decided(null, 'approved'))))).toMatchObject({ severity: 'info', text: 'Approved by Mary[U+202E] Somerville.', said: [{ kind: 'approved' }] });
    expect(notice(shown(reviewed(decided(null, 'rejected', 'no ticket'), remark('told', 'who?'))))).toMatchObject({ severity: 'warning', text: 'Rejected by Mary[U+202E] Somerville; more is said at 1 step.', said: [{ kind: 'rejected', text: 'no ticket' }] });
    expect(notice(shown(reviewed(remark(null, 'well'))))).toMatchObject({ severity: 'info', text: 'Reviewers have looked at the run as a whole.', said: [{ kind: 'remark', text: 'well' }] });
  });

  test('a step that was rejected warns above, even where the run was approved', () => {
    expect(notice(shown(reviewed(decided(null, 'approved'), decided('backup', 'rejected'))))).toMatchObject({ severity: 'warning', text: 'Approved by Mary[U+202E] Somerville; more is said at 1 step, 1 of them rejected.' });
    expect(notice(shown(reviewed(decided('told', 'rejected'), remark('backup', 'x'))))).toMatchObject({ severity: 'warning', text: 'Reviewers have looked at this run; more is said at 2 steps, 1 of them rejected.' });
  });

  test('a decision about what has changed since is shown as overtaken', () => {
    const before = reviewed(decided('backup', 'approved'));
    const after = evolve(before, { v: 1, id: 'late', run: '01J9ZZZZZZZZZZZZZZZZZZ7QXW', writer: 'w', seq: 3, heads: { m: 1 }, prev: null, time: '2026-01-05T15:30:00.000Z', actor: { name: 'Ada', email: null }, body: { type: 'step.unticked', stepId: 'backup' } });
    expect(step(shown(before), 'backup')?.said).toMatchObject([{ overtaken: null }]);
    expect(step(shown(after), 'backup')?.said).toMatchObject([{ overtaken: 'overtaken later' }]);
  });

  test('a flood is cut, and what was cut is counted; a decision that stands is never cut away', () => {
    const said = step(shown(reviewed(decided('backup', 'rejected', 'no'), ...Array.from({ length: 12 }, (_, at) => remark('backup', `remark ${String(at)}`)))), 'backup')?.said ?? [];
    expect(said.map(({ text }) => text)).toEqual(['no', 'remark 8', 'remark 9', 'remark 10', 'remark 11\n8 more in the record.']);
  });

  test('a step of which nothing new is said is the same object as before', () => {
    const state = reviewed(remark('backup', 'how old?'));
    const [one, two] = [input(state), input({ ...state, remarks: [...state.remarks] })].map((each) => buildPanelView({ ...each, formatTime: FORMAT }));
    expect(one && two && step(one, 'backup')).toBe(two && step(two, 'backup'));
  });
});

const FORMAT = (iso: string): string => iso.slice(11, 16);
