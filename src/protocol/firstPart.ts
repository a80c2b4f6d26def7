import type { HostMessage } from './messages.ts';

type Snapshot = Extract<HostMessage, { type: 'snapshot' }>;

/** Blocks that the page is sent with: more than fit into any window. */
export const FIRST_BLOCKS = 100;

/**
 * What is put into the page itself: the whole of a short document, the
 * beginning of a long one that is only read. A page of a megabyte takes longer
 * on its way than to draw, and all of it follows once the page is there. In a
 * run the reader is taken to its next step, wherever that is.
 */
export function firstPart(snapshot: Snapshot): Snapshot {
  const { view } = snapshot;
  if (view.header.run !== null || view.blocks.length <= FIRST_BLOCKS) return snapshot;
  return { ...snapshot, partial: true, view: { ...view, blocks: view.blocks.slice(0, FIRST_BLOCKS) } };
}
