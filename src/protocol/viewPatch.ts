import type { BlockView, PanelView } from '../core/view/viewModel.ts';
import type { HostMessage } from './messages.ts';

export type PatchMessage = Extract<HostMessage, { type: 'patch' }>;
/** A patch without its revision. */
export type ViewPatch = Omit<PatchMessage, 'type' | 'revision' | 'sentAt'>;

/**
 * What has to be sent so that a panel that shows `before` shows `after`; null
 * when they are the same. Parts are compared by what they say, not by identity.
 */
export function diffView(before: PanelView, after: PanelView): ViewPatch | null {
  const patch: { -readonly [K in keyof ViewPatch]: ViewPatch[K] } = {};
  if (!same(before.header, after.header)) patch.header = after.header;
  if (!same(before.notices, after.notices)) patch.notices = after.notices;
  if (!same(before.outline, after.outline)) patch.outline = after.outline;
  if (!same(before.graph ?? null, after.graph ?? null)) patch.graph = after.graph ?? null;
  if (!same(before.dock, after.dock)) patch.dock = after.dock;
  if (!same(before.prompt, after.prompt)) patch.prompt = after.prompt;
  if (!same(before.rollback, after.rollback)) patch.rollback = after.rollback;
  if (!same(before.review, after.review)) patch.review = after.review;
  if (!same(before.package ?? null, after.package ?? null)) patch.package = after.package ?? null;
  if (before.blocks !== after.blocks) {
    const known = new Map(before.blocks.map((block) => [block.key, block]));
    const changed = after.blocks.filter((block) => !same(known.get(block.key), block));
    if (changed.length > 0) patch.blocks = changed;
    const order = after.blocks.map((block) => block.key);
    if (order.length !== before.blocks.length || order.some((key, index) => before.blocks[index]?.key !== key)) patch.order = order;
  }
  return Object.keys(patch).length > 0 ? patch : null;
}

/**
 * The view after a patch.
 * @throws Error when `order` names a block that is neither known nor in the patch: the two ends disagree.
 */
export function applyPatch(view: PanelView, patch: ViewPatch): PanelView {
  return {
    header: patch.header ?? view.header,
    notices: patch.notices ?? view.notices,
    outline: patch.outline ?? view.outline,
    ...(patch.graph !== undefined ? { graph: patch.graph } : view.graph === undefined ? {} : { graph: view.graph }),
    dock: patch.dock ?? view.dock,
    prompt: patch.prompt === undefined ? view.prompt : patch.prompt,
    rollback: patch.rollback === undefined ? view.rollback : patch.rollback,
    review: patch.review === undefined ? view.review : patch.review,
    ...(patch.package !== undefined ? { package: patch.package } : view.package === undefined ? {} : { package: view.package }),
    blocks: applyBlocks(view.blocks, patch),
  };
}

function applyBlocks(blocks: readonly BlockView[], patch: ViewPatch): readonly BlockView[] {
  if (!patch.blocks && !patch.order) return blocks;
  const byKey = new Map(blocks.map((block) => [block.key, block]));
  for (const block of patch.blocks ?? []) byKey.set(block.key, block);
  return (patch.order ?? blocks.map((block) => block.key)).map((key) => {
    const block = byKey.get(key);
    if (!block) throw new Error(`patch names an unknown block ${key}`);
    return block;
  });
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
