import { expect, it } from 'vitest';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import { input, started, stateAfter } from './fixture.ts';

const offered = (...args: Parameters<typeof input>): { readonly because: string | null; readonly style: string } | undefined => {
  const found = buildPanelView(input(...args)).header.actions.find(({ id }) => id === 'commitRecord');
  return found === undefined ? undefined : { because: found.disabledBecause, style: found.style };
};

it('a run that has ended offers to commit its record, quietly', () => {
  const ended = stateAfter([started, { type: 'run.ended', outcome: 'abandoned', reason: 'x' }]);
  expect(offered(ended)).toEqual({ because: null, style: 'quiet' });
  expect(offered(ended, { isShared: false })).toBeUndefined();
  expect(offered(ended, { trusted: false })?.because).toMatch(/Restricted Mode/);
  expect(offered(stateAfter([started]))).toBeUndefined();
  expect(offered(null)).toBeUndefined();
});
