import type { PanelMessage } from '../src/protocol/messages.ts';
import type { BlockList } from './blockList.ts';
import { bringIntoSight } from './scrolling.ts';

/** What a person does with their own hands, after which the page may scroll or the keyboard may move. */
const BY_HAND = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/**
 * Keeps the page and the source beside it at the same place: marks the block
 * where the cursor is, and tells the host what a person looks at. What the page
 * does by itself is not told, so that neither side follows its own echo.
 */
export class Following {
  readonly #blocks: BlockList;
  readonly #post: (message: PanelMessage) => void;
  #here: string | null = null;
  #isByHand = false;
  #told: string | null = null;

  constructor(blocks: BlockList, post: (message: PanelMessage) => void) {
    this.#blocks = blocks;
    this.#post = post;
    for (const kind of BY_HAND) window.addEventListener(kind, () => (this.#isByHand = true), { passive: true, capture: true });
    document.addEventListener('focusin', ({ target }) => this.#isByHand && this.#tell(this.#blocks.keyOf(target), 'focused'));
  }

  /** Marks the block where the cursor is, and brings it into sight if it is asked to. The keyboard stays where it is. */
  follow(key: string | null, scroll: boolean): void {
    this.mark(false);
    this.#here = key;
    this.mark(true);
    const element = scroll && key !== null ? this.#blocks.element(key) : null;
    if (element === null) return;
    this.byItself();
    bringIntoSight(element, 'nearest');
  }

  /** Sets or takes away the mark; blocks may have been drawn anew since. */
  mark(isHere: boolean): void {
    const element = this.#here === null ? null : this.#blocks.drawn(this.#here);
    element?.classList.toggle('here', isHere);
    if (isHere) element?.setAttribute('aria-current', 'location');
    else element?.removeAttribute('aria-current');
  }

  /** The page is about to scroll without a person's doing. */
  byItself(): void {
    this.#isByHand = false;
  }

  /** Scrolling has come to rest with this block at the top; null: at the beginning. */
  settled(key: string | null): void {
    if (this.#isByHand) this.#tell(key, 'scrolled');
  }

  #tell(blockKey: string | null, how: 'scrolled' | 'focused'): void {
    // What moved the keyboard may scroll as well: that is the same act.
    if (how === 'focused') this.byItself();
    if (blockKey === null || (blockKey === this.#told && how === 'scrolled')) return;
    this.#told = blockKey;
    this.#post({ type: 'seen', blockKey, how });
  }
}
