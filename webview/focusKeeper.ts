import type { BlockList } from './blockList.ts';
import { focusHere } from './focusHere.ts';

/**
 * Does a change and makes sure that the keyboard is where it was. When what had
 * it is gone, it goes to the row of the step and not to another button: the
 * next press must not do something that nobody chose. It is never taken from
 * another part of the window.
 */
export function keepFocus(blocks: BlockList, change: () => void): void {
  const before = document.activeElement;
  const key = blocks.keyOf(before);
  const header = before?.closest('.header') ?? null;
  change();
  if (before === null || before === document.body || before.isConnected) return;
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  focusHere(() => (key !== null ? blocks.target(key) : (header?.querySelector<HTMLElement>('[data-button=menu]') ?? null)));
  blocks.followFocus();
}
