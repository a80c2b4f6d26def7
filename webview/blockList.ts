import { render } from 'lit/html.js';
import type { BlockView } from '../src/core/view/viewModel.ts';
import { contentBlock, guessHeight, levelBlock, plainWords, sectionBlock } from './blocks.ts';
import { harmless } from './commandText.ts';
import { focusHere } from './focusHere.ts';
import { DrawLater } from './drawLater.ts';
import type { Drawing } from './drawing.ts';
import { HeldHeights } from './heldHeights.ts';
import { isActive, stepBlock } from './stepBlock.ts';

interface Entry {
  view: BlockView;
  element: HTMLElement;
  /** Output that came since the view did, by command. */
  live: Map<number, string>;
}

/** Height of the lowest block, in pixels: tells how many can be in sight. */
const LOWEST_PX = 28;

/**
 * The document: an element for each block, found by its key. A change draws
 * the blocks that changed and touches no other. Of a long document only what
 * is around the reader's place is drawn at once; the rest, whose elements are
 * there and have their guessed height, follows.
 */
export class BlockList {
  readonly #parent: HTMLElement;
  readonly #drawing: Drawing;
  readonly #entries = new Map<string, Entry>();
  readonly #held: HeldHeights;
  readonly #later = new DrawLater((key) => this.#drawWaiting(key));
  #order: readonly string[] = [];
  #current: string | null = null;
  #pointed: string | null = null;
  #focused: string | null = null;
  #isDrawing = false;

  constructor(parent: HTMLElement, drawing: Drawing) {
    this.#parent = parent;
    this.#drawing = drawing;
    this.#held = new HeldHeights(parent);
    // A finger points only while it presses: buttons that came under it then would be pressed unseen.
    parent.addEventListener('pointerover', (event) => event.pointerType !== 'touch' && this.#point(this.keyOf(event.target)));
    parent.addEventListener('pointerleave', () => this.#point(null));
    // What is drawn away while it has the keyboard says so in the middle of the drawing.
    document.addEventListener('focusin', (event) => this.#followTo(event.target));
    parent.addEventListener('focusout', (event) => this.#followTo(event.relatedTarget));
  }

  /**
   * @param keys blocks to look at, null for all
   * @param place key of the block where the reader is or will be taken; null for the top
   */
  show(blocks: readonly BlockView[], keys: ReadonlySet<string> | null, place: string | null): void {
    const order = blocks.map((block) => block.key);
    const present = new Set(order);
    for (const [key, entry] of this.#entries) {
      if (present.has(key)) continue;
      entry.element.remove();
      this.#entries.delete(key);
      this.#later.forget(key);
    }
    const changed = blocks.filter((block) => this.#isChanged(block, keys));
    this.#chooseCurrent(blocks);
    const near = nearTo(order, place);
    for (const block of changed) {
      if (near.has(block.key) || this.#entries.has(block.key)) this.#put(block);
      else this.#leaveForLater(block);
    }
    this.#arrange(order);
  }

  /** Adds output to a running command. Unknown places are ignored: the block may be gone. */
  output(key: string, commandIndex: number, text: string): void {
    const entry = this.#entries.get(key);
    if (!entry || entry.view.kind !== 'step' || entry.view.commands[commandIndex]?.state !== 'running') return;
    entry.live.set(commandIndex, text);
    this.#draw(entry);
  }

  /** Looks again where the keyboard is, after a change that may have taken it away. */
  followFocus(): void {
    this.#focus(this.keyOf(document.activeElement));
  }

  /** Gives the keyboard, which a question took and did not give back, to the step that it came from. */
  takeBackFocus(): void {
    const at = document.activeElement;
    // What stood in a closed question has the keyboard until the page is drawn the next time.
    const isThere = at !== null && at !== document.body && at.checkVisibility();
    if (this.#focused === null || isThere) return;
    const focused = this.#focused;
    focusHere(() => this.target(focused));
  }

  /** The element of a block, which is drawn, and so are those around it. */
  element(key: string): HTMLElement | null {
    if (this.#later.isWaiting(key)) for (const near of nearTo(this.#order, key)) this.#drawWaiting(near);
    return this.#entries.get(key)?.element ?? null;
  }

  /** The element of a block as it is, perhaps still empty. */
  drawn(key: string): HTMLElement | null {
    return this.#entries.get(key)?.element ?? null;
  }

  /** Where a block is, drawn or not. */
  top(key: string): number | null {
    return this.#entries.get(key)?.element.getBoundingClientRect().top ?? null;
  }

  /** The part of a block that takes the keyboard. */
  target(key: string): HTMLElement | null {
    return this.element(key)?.querySelector<HTMLElement>('[data-row], [data-heading]') ?? null;
  }

  view(key: string): BlockView | null {
    return this.#entries.get(key)?.view ?? null;
  }

  keyOf(node: unknown): string | null {
    return node instanceof Element && this.#parent.contains(node) ? (node.closest<HTMLElement>('.block')?.dataset['key'] ?? null) : null;
  }

  /** The steps in order, for the keyboard. */
  get steps(): readonly string[] {
    return this.#order.filter((key) => this.#entries.get(key)?.view.kind === 'step');
  }

  get current(): string | null {
    return this.#current;
  }

  get next(): string | null {
    return this.#order.find((key) => isNext(this.#entries.get(key)?.view)) ?? null;
  }

  #isChanged(block: BlockView, keys: ReadonlySet<string> | null): boolean {
    const known = this.#entries.get(block.key);
    if (!known) return true;
    if (keys !== null) return keys.has(block.key);
    return JSON.stringify(known.view) !== JSON.stringify(block);
  }

  #put(block: BlockView): void {
    let entry = this.#entries.get(block.key);
    if (!entry) {
      entry = { view: block, element: blockElement(block), live: new Map() };
      this.#entries.set(block.key, entry);
    }
    if (entry.view.kind !== block.kind) this.#replaceElement(entry, block);
    this.#held.whileChanging(entry.element, isActiveBlock(entry.view) && !isActiveBlock(block), () => {
      entry.view = block;
      if (block.kind === 'step') block.commands.forEach((command, index) => command.state !== 'running' && entry.live.delete(index));
      this.#draw(entry);
    });
  }

  #leaveForLater(block: BlockView): void {
    this.#entries.set(block.key, { view: block, element: blockElement(block), live: new Map() });
    this.#later.add(block.key);
  }

  #drawWaiting(key: string): void {
    const entry = this.#entries.get(key);
    if (entry && entry.element.childNodes.length === 0) this.#draw(entry);
  }

  #draw(entry: Entry): void {
    const { view, element } = entry;
    this.#later.forget(view.key);
    this.#isDrawing = true;
    try {
      render(this.#template(view, entry.live), element);
    } catch (error) {
      this.#drawing.post({ type: 'fault', message: `block ${view.kind} at line ${view.line}: ${String(error)}`.slice(0, 2_000) });
      this.#replaceElement(entry, view);
      entry.element.classList.add('broken');
      entry.element.textContent = harmless(plainWords(view));
    } finally {
      this.#isDrawing = false;
    }
  }

  #template(view: BlockView, live: ReadonlyMap<number, string>): unknown {
    const current = view.key === this.#current;
    switch (view.kind) {
      case 'section':
        return sectionBlock(view, this.#drawing);
      case 'content':
        return contentBlock(view);
      case 'level':
        return levelBlock(view, this.#drawing, current);
      case 'step':
        return stepBlock(view, {
          drawing: this.#drawing,
          current,
          revealed: view.key === this.#pointed || view.key === this.#focused,
          live,
          openActions: () => {
            this.#focus(view.key);
            this.element(view.key)?.querySelector<HTMLElement>('.actions vscode-button')?.focus();
          },
        });
    }
  }

  /** A fresh element in the same place: what the template library knew of the old one is gone with it. */
  #replaceElement(entry: Entry, block: BlockView): void {
    const fresh = blockElement(block);
    entry.element.replaceWith(fresh);
    entry.element = fresh;
  }

  #arrange(order: readonly string[]): void {
    if (order.length === this.#order.length && order.every((key, index) => this.#order[index] === key)) return;
    this.#order = order;
    let place: ChildNode | null = this.#parent.firstChild;
    for (const key of order) {
      const element = this.#entries.get(key)?.element;
      if (!element) continue;
      if (element === place) place = element.nextSibling;
      else this.#parent.insertBefore(element, place);
    }
  }

  /** The row where Tab arrives: where the keyboard is, else the next step, else the first. */
  #chooseCurrent(blocks: readonly BlockView[]): void {
    const keep = this.#focused !== null && blocks.some((block) => block.key === this.#focused) ? this.#focused : null;
    const next = blocks.find((block) => isNext(block)) ?? blocks.find((block) => block.kind === 'step');
    this.#setCurrent(keep ?? next?.key ?? null);
  }

  #point(key: string | null): void {
    if (key === this.#pointed) return;
    const before = this.#pointed;
    this.#pointed = key;
    this.#redraw(before, key);
  }

  /** A question takes the keyboard for a while: the step that it came from keeps its buttons, to which it goes back. */
  #followTo(target: EventTarget | null): void {
    if (this.#isDrawing || (target instanceof Element && target.closest('.sheet') !== null)) return;
    this.#focus(this.keyOf(target));
  }

  #focus(key: string | null): void {
    if (key === this.#focused) return;
    const before = this.#focused;
    this.#focused = key;
    if (key !== null && isRow(this.#entries.get(key)?.view)) this.#setCurrent(key);
    this.#redraw(before, key);
  }

  #setCurrent(key: string | null): void {
    if (key === this.#current) return;
    const before = this.#current;
    this.#current = key;
    this.#redraw(before, key);
  }

  #redraw(...keys: readonly (string | null)[]): void {
    for (const key of keys) {
      const entry = key === null ? undefined : this.#entries.get(key);
      if (entry && isRow(entry.view) && !entry.element.classList.contains('broken')) this.#draw(entry);
    }
  }
}

function blockElement(block: BlockView): HTMLElement {
  const element = document.createElement('div');
  element.className = `block block-${block.kind}`;
  element.dataset['key'] = block.key;
  const indent = block.kind === 'section' ? 0 : block.indent;
  if (indent > 0) element.style.setProperty('--indent', String(Math.min(indent, 6)));
  element.style.setProperty('contain-intrinsic-size', `auto ${guessHeight(block)}px`);
  return element;
}

/** Keys of what can be in sight together with a place, wherever in the window that is. */
function nearTo(order: readonly string[], place: string | null): ReadonlySet<string> {
  const at = Math.max(0, place === null ? 0 : order.indexOf(place));
  const most = Math.ceil(Math.max(600, window.innerHeight) / LOWEST_PX);
  return new Set(order.slice(Math.max(0, at - most), at + most));
}

/** Blocks that take the keyboard as a whole. */
function isRow(block: BlockView | undefined): boolean {
  return block?.kind === 'step' || block?.kind === 'level';
}

function isNext(block: BlockView | undefined): boolean {
  return block?.kind === 'step' && block.isNext;
}

function isActiveBlock(block: BlockView): boolean {
  return block.kind === 'step' && isActive(block);
}
