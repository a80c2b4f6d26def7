let waiting: (() => HTMLElement | null) | null = null;

window.addEventListener('focus', () => {
  const find = waiting;
  waiting = null;
  const at = document.activeElement;
  if (at === null || at === document.body) find?.()?.focus({ preventScroll: true });
});

/**
 * Moves the keyboard inside this page. While it is in another part of the
 * window (a list, the source, a terminal) it stays there, and comes to this
 * element when it comes back to the page.
 */
export function focusHere(find: () => HTMLElement | null): void {
  waiting = null;
  if (document.hasFocus()) find()?.focus({ preventScroll: true });
  else waiting = find;
}
