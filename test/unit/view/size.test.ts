import { expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import { input, started, stateAfter } from './fixture.ts';

it('a change in 1,000 steps costs what changed', () => {
  const sections = Array.from({ length: 50 }, (_, section) =>
    [`## Phase ${section + 1}`, ...Array.from({ length: 20 }, (_unused, step) => `- [ ] Step ${section}.${step} does *something* <!-- {#s${section}-${step}} -->`)].join('\n'),
  );
  const runbook = parseRunbook(`# Long\n\n${sections.join('\n\n')}\n`);
  expect(runbook.steps).toHaveLength(1_000);
  const shared = input(stateAfter([started]), { runbook });
  const first = buildPanelView(shared);
  const state = stateAfter([started, { type: 'step.ticked', stepId: 's49-19', note: null }]);
  const began = performance.now();
  const second = buildPanelView({ ...shared, state });
  const took = performance.now() - began;
  const changed = second.blocks.filter((block, index) => block !== first.blocks[index]);
  expect(changed.map(({ key }) => key)).toEqual(['section:phase-50', 'step:s49-19']);
  // A generous bound: it is a few milliseconds on an idle machine.
  expect(took).toBeLessThan(500);
});
