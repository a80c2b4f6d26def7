import { describe, expect, it } from 'vitest';
import type { PanelView } from '../../../src/core/view/viewModel.ts';
import { FIRST_BLOCKS, firstPart } from '../../../src/protocol/firstPart.ts';
import { longView } from '../../webview/fixtures.ts';

const snapshotOf = (view: PanelView) => ({ type: 'snapshot', revision: 3, view }) as const;
const read = (view: PanelView): PanelView => ({ ...view, header: { ...view.header, run: null } });

describe('what the page is sent with', () => {
  it('is all of a short document', () => {
    const snapshot = snapshotOf(read(longView(20)));
    expect(firstPart(snapshot)).toBe(snapshot);
  });

  it('is the beginning of a long one, with everything around it', () => {
    const snapshot = snapshotOf(read(longView(500)));
    const first = firstPart(snapshot);
    expect(first).toMatchObject({ type: 'snapshot', revision: 3, partial: true });
    expect(first.view).toEqual({ ...snapshot.view, blocks: snapshot.view.blocks.slice(0, FIRST_BLOCKS) });
  });

  it('is all of a run, which may be anywhere', () => {
    const snapshot = snapshotOf(longView(500));
    expect(snapshot.view.header.run).not.toBeNull();
    expect(firstPart(snapshot)).toBe(snapshot);
  });
});
