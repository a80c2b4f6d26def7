import type { BlockList } from './blockList.ts';

export interface KeyboardContext {
  readonly blocks: BlockList;
  readonly lettersOn: () => boolean;
  readonly isModal: () => boolean;
  readonly goTo: (key: string) => void;
  readonly toDock: () => void;
  readonly showKeys: () => void;
  readonly closeRollback: () => void;
}

/**
 * Keys of the whole panel. They move the keyboard from place to place; the only
 * key that does something is Enter or Space on a button that is seen to have it.
 */
export function listenToKeys(page: Document, context: KeyboardContext): void {
  page.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || context.isModal()) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (target && isTyping(target)) return;
    const onRow = target?.hasAttribute('data-row') ?? false;
    if (act(event.key, onRow, target, context)) event.preventDefault();
  });
}

function act(key: string, onRow: boolean, target: HTMLElement | null, context: KeyboardContext): boolean {
  const letters = context.lettersOn();
  if ((key === 'j' && letters) || (key === 'ArrowDown' && onRow)) return step(context, 1, target);
  if ((key === 'k' && letters) || (key === 'ArrowUp' && onRow)) return step(context, -1, target);
  if (onRow && (key === 'Home' || key === 'End')) return goTo(context, context.blocks.steps.at(key === 'Home' ? 0 : -1));
  if (onRow && key === 'Enter' && target) return enter(target);
  if (key === 'n' && letters) return goTo(context, context.blocks.next ?? undefined);
  if (key === 'r' && letters) return call(context.toDock);
  if (key === '?') return call(context.showKeys);
  if (key === 'Escape') return escape(target, context);
  return false;
}

/** From where the keyboard is, else from where the reader is. */
function step({ blocks, goTo: go }: KeyboardContext, by: 1 | -1, target: HTMLElement | null): boolean {
  const steps = blocks.steps;
  const from = blocks.keyOf(target);
  const current = from ?? blocks.current;
  const at = current === null ? -1 : steps.indexOf(current);
  // The first press from outside goes to the current row itself.
  const key = from === null && at >= 0 ? steps[at] : steps[Math.min(steps.length - 1, Math.max(0, at + by))];
  if (key === undefined) return false;
  go(key);
  return true;
}

function goTo(context: KeyboardContext, key: string | undefined): boolean {
  if (key === undefined) return false;
  context.goTo(key);
  return true;
}

/** Into the step: its first action, else its box. Presses nothing. */
function enter(row: HTMLElement): boolean {
  const first = row.querySelector<HTMLElement>('.actions vscode-button') ?? row.querySelector<HTMLElement>('.tick, .copy');
  first?.focus();
  return first !== null;
}

function escape(target: HTMLElement | null, context: KeyboardContext): boolean {
  const row = target?.closest<HTMLElement>('[data-row]');
  if (row && row !== target) {
    row.focus({ preventScroll: true });
    return true;
  }
  context.closeRollback();
  return false;
}

function call(action: () => void): boolean {
  action();
  return true;
}

function isTyping(element: HTMLElement): boolean {
  return element.isContentEditable || ['input', 'textarea', 'select', 'vscode-text-field'].includes(element.localName);
}
