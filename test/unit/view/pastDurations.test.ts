import { expect, it } from 'vitest';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { PastDurations } from '../../../src/core/report/pastDurations.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { StepBlockView } from '../../../src/core/view/viewModel.ts';
import { ends, exit, input, plan, runs, started, stateAfter } from './fixture.ts';

const past: PastDurations = new Map([['restart', { lastMs: 14_000, medianMs: 12_000, count: 3 }]]);

/** The small words beside a step, in a panel that knows these durations. */
function tags(stepId: string, state: RunState | null, pastDurations: PastDurations = past): readonly string[] {
  const block = buildPanelView(input(state, { pastDurations })).blocks.find((each): each is StepBlockView => each.kind === 'step' && each.stepId === stepId);
  return (block?.tags ?? []).map(({ text, tone }) => `${tone}: ${text}`);
}

it('a command step that was done before says how long it took, before anything else of its time', () => {
  expect(tags('restart', null)).toEqual(['plain: took 14 s last time', 'plain: limit 1 min']);
  expect(tags('check', null)).toEqual([]);
});

it('it stays while the step is open, runs or has failed, and makes room for the result', () => {
  expect(tags('restart', stateAfter([started, runs(plan, 'restart')]))).toContain('plain: took 14 s last time');
  expect(tags('restart', stateAfter([started, runs(plan, 'restart'), ends('x-restart', exit(1))]))).toContain('plain: took 14 s last time');
  expect(tags('restart', stateAfter([started, runs(plan, 'restart'), ends('x-restart', exit(0))]))).not.toContain('plain: took 14 s last time');
});

it('a step is drawn anew when its past becomes known, and only then', () => {
  const seen = input(stateAfter([started]));
  const block = (pastDurations: PastDurations) => buildPanelView({ ...seen, pastDurations }).blocks.find((each) => each.kind === 'step' && each.stepId === 'restart');
  const before = block(new Map());
  expect(block(new Map())).toBe(before);
  const after = block(past);
  expect(after).not.toBe(before);
  expect(block(new Map(past))).toBe(after);
});

it('the estimate takes medians where neither the step nor a section around it states a time', () => {
  const estimate = (text: string, pastDurations: PastDurations): number | null => buildPanelView(input(null, { runbook: parseRunbook(text), pastDurations })).header.estimateSeconds;
  const step = (id: string, title = id): string => `1. ${title} <!-- {#${id}} -->\n\n   \`\`\`bash\n   ${id}\n   \`\`\`\n\n`;
  const known: PastDurations = new Map(['a', 'b'].map((id) => [id, { lastMs: 1, medianMs: 90_400, count: 1 }]));
  expect(estimate(`# T\n\n## One\n\n${step('a')}`, new Map())).toBeNull();
  expect(estimate(`# T\n\n## One\n\n${step('a')}`, known)).toBe(91);
  expect(estimate(`# T\n\n## One\n\n${step('a', 'a (2 min)')}${step('b')}`, known)).toBe(211);
  // The section's time is for all that is in it.
  expect(estimate(`# T\n\n## Phase 1: One (10 minutes)\n\n${step('a')}`, known)).toBe(600);
});
