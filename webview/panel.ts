import { html, nothing, render } from 'lit/html.js';
import type { NoticeView, PanelView } from '../src/core/view/viewModel.ts';
import { Announcer } from './announcer.ts';
import { BlockList } from './blockList.ts';
import { dock } from './dock.ts';
import type { Drawing } from './drawing.ts';
import { keepFocus } from './focusKeeper.ts';
import { Following } from './following.ts';
import { graph } from './graph.ts';
import { buildFrame, type Frame } from './frame.ts';
import { metadataList } from './header.ts';
import { HeaderPart } from './headerPart.ts';
import { KeysDialog } from './keysDialog.ts';
import { listenToKeys } from './keyboard.ts';
import { notices } from './notices.ts';
import { OutlinePart } from './outlinePart.ts';
import type { PanelMemory } from './panelState.ts';
import { PromptDialog } from './promptDialog.ts';
import { review } from './review.ts';
import { RollbackPanel } from './rollbackPanel.ts';
import { anchorOf, bringIntoSight, measureFrame, restoreAnchor, type Sight } from './scrolling.ts';

/** What the panel asks of its surroundings. */
export type PanelLine = Pick<Drawing, 'post' | 'revision' | 'copy'>;

/** The whole page: draws a view, and the parts of it that changed. Decides nothing. */
export class Panel {
  readonly announcer: Announcer;
  readonly #root: HTMLElement;
  readonly #frame: Frame;
  readonly #memory: PanelMemory;
  readonly #drawing: Drawing;
  readonly #blocks: BlockList;
  readonly #following: Following;
  readonly #header: HeaderPart;
  readonly #outline: OutlinePart;
  readonly #rollback: RollbackPanel;
  readonly #prompt: PromptDialog;
  readonly #keys: KeysDialog;
  readonly #sight: () => Sight;
  readonly #announced = new Set<string>();
  #view: PanelView | null = null;
  /** The block that the host has brought into sight, until the person moves on. */
  #kept: string | null = null;

  constructor(root: HTMLElement, line: PanelLine, memory: PanelMemory) {
    this.#memory = memory;
    this.#root = root;
    this.#frame = buildFrame(root, { toStep: () => this.#goTo(this.#blocks.next ?? this.#blocks.steps[0] ?? ''), toDock: () => this.#toDock() });
    this.announcer = new Announcer(this.#frame.live, this.#frame.toast);
    this.#drawing = { ...line, say: (text) => this.announcer.show(text), toDock: () => this.#toDock(), toStep: (stepId) => this.#goTo(`step:${stepId}`), commandsOf: (stepId) => this.#commandsOf(stepId) };
    this.#blocks = new BlockList(this.#frame.blocks, this.#drawing);
    this.#following = new Following(this.#blocks, line.post);
    this.#keys = new KeysDialog(this.#frame.keys, { get: () => memory.state.letterKeys, set: (letterKeys) => memory.update({ letterKeys }) });
    this.#header = new HeaderPart(this.#frame.header, this.#drawing, () => this.#keys.show());
    this.#outline = new OutlinePart(this.#frame.outline, (id) => this.#goToSection(id));
    this.#rollback = new RollbackPanel(this.#frame.rollback, this.#drawing);
    this.#prompt = new PromptDialog(this.#frame.prompt, this.#drawing);
    this.#sight = measureFrame(this.#frame.header, this.#frame.bottom);
    listenToKeys(document, {
      blocks: this.#blocks,
      lettersOn: () => memory.state.letterKeys,
      isModal: () => document.querySelector('dialog[open]') !== null,
      goTo: (key) => this.#goTo(key),
      toDock: () => this.#toDock(),
      showKeys: () => this.#keys.show(),
      closeRollback: () => this.#rollback.close(),
    });
    this.#watchScrolling();
    this.#keepInSight();
  }

  /** @param keys blocks that changed, null when all have to be looked at */
  show(view: PanelView, keys: readonly string[] | null): void {
    const before = this.#view;
    this.#view = view;
    this.#root.classList.toggle('reviewing', view.review !== null);
    keepFocus(this.#blocks, () => {
      if (view.header !== before?.header || view.package !== before.package) this.#part('header', () => this.#header.show(view.header, view.package ?? null));
      if (view.notices !== before?.notices || view.review !== before.review || view.graph !== before.graph || view.header.metadata !== before.header.metadata) this.#part('notices', () => this.#showIntro(view));
      if (view.outline !== before?.outline) this.#part('outline', () => this.#outline.show(view.outline));
      this.#blocks.show(view.blocks, keys === null ? null : new Set(keys), this.#place(view));
      if (view.dock !== before?.dock) this.#part('dock', () => render(dock(view.dock, this.#drawing), this.#frame.dock));
      if (view.rollback !== before?.rollback) this.#part('rollback', () => this.#rollback.show(view.rollback));
    });
    this.#following.mark(true);
    if (view.prompt !== before?.prompt) this.#part('prompt', () => this.#prompt.show(view.prompt));
    if (before?.prompt && view.prompt === null) this.#blocks.takeBackFocus();
    this.announcer.state(view.header.announcement);
    this.#announceNotices(view.notices, before === null);
    if (before === null) this.#restoreScroll();
  }

  output(blockKey: string, commandIndex: number, text: string): void {
    this.#blocks.output(blockKey, commandIndex, text);
  }

  reveal(blockKey: string, focus: boolean): void {
    const element = this.#blocks.element(blockKey);
    if (!element) return;
    this.#sight();
    this.#following.byItself();
    bringIntoSight(element, 'nearest');
    this.#kept = blockKey;
    if (focus && !this.#prompt.isOpen) this.#blocks.target(blockKey)?.focus({ preventScroll: true });
  }

  /** Marks where the cursor of the source is. */
  follow(blockKey: string | null, scroll: boolean): void {
    this.#sight();
    this.#following.follow(blockKey, scroll);
    if (scroll) this.#kept = blockKey;
  }

  /** A part that cannot be drawn is reported and leaves the others alone. */
  #part(name: string, draw: () => void): void {
    try {
      draw();
    } catch (error) {
      this.#drawing.post({ type: 'fault', message: `${name}: ${String(error)}`.slice(0, 2_000) });
    }
  }

  #showIntro(view: PanelView): void {
    const { state } = this.#memory;
    const folds = {
      isOpen: (id: string) => state.open.includes(id),
      set: (id: string, open: boolean) => this.#memory.update({ open: [...this.#memory.state.open.filter((one) => one !== id), ...(open ? [id] : [])] }),
    };
    render(html`${notices(view.notices, this.#drawing, folds)}${metadataList(view.header)}${view.graph == null ? nothing : graph(view.graph, (key) => this.#goTo(key), folds)}${view.review === null ? nothing : review(view.review, this.#drawing, folds)}`, this.#frame.intro);
  }

  #announceNotices(views: readonly NoticeView[], first: boolean): void {
    for (const { id, text, severity } of views) {
      if (this.#announced.has(id)) continue;
      this.#announced.add(id);
      if (!first || severity === 'error') this.announcer.say(text);
    }
  }

  #goTo(key: string): void {
    const element = this.#blocks.element(key);
    if (!element) return;
    this.#blocks.target(key)?.focus({ preventScroll: true });
    bringIntoSight(element, 'nearest');
  }

  #goToSection(sectionId: string): void {
    const block = this.#view?.blocks.find((one) => one.kind === 'section' && one.sectionId === sectionId);
    const element = block && this.#blocks.element(block.key);
    if (!element || !block) return;
    this.#blocks.target(block.key)?.focus({ preventScroll: true });
    bringIntoSight(element, 'start');
  }

  #toDock(): void {
    const buttons = [...this.#frame.dock.querySelectorAll<HTMLElement>('vscode-button')];
    (buttons.find((one) => one.classList.contains('advised')) ?? buttons[0])?.focus();
  }

  #commandsOf(stepId: string): string {
    const block = this.#view?.blocks.find((one) => one.kind === 'step' && one.stepId === stepId);
    return block?.kind === 'step' ? block.commands.map((command) => command.text).join('\n') : '';
  }

  /** Where the reader is, or will be taken by the first drawing. */
  #place(view: PanelView): string | null {
    const { anchor } = this.#memory.state;
    if (anchor || view.header.mode !== 'running') return anchor?.key ?? null;
    return view.blocks.find((block) => block.kind === 'step' && block.isNext)?.key ?? null;
  }

  #restoreScroll(): void {
    const { anchor } = this.#memory.state;
    const element = anchor && this.#blocks.element(anchor.key);
    const next = this.#view?.header.mode === 'running' ? this.#blocks.element(this.#blocks.next ?? '') : null;
    this.#sight();
    if (anchor && element) restoreAnchor(element, anchor.offset, this.#sight);
    else if (next) bringIntoSight(next, 'center');
    this.#follow();
  }

  /** What was brought into sight, or what was at the top, stays there when the panel changes its size. */
  #keepInSight(): void {
    for (const input of ['wheel', 'touchmove']) window.addEventListener(input, () => (this.#kept = null), { passive: true, capture: true });
    window.addEventListener('resize', () => {
      const kept = this.#kept === null ? null : this.#blocks.element(this.#kept);
      const { anchor } = this.#memory.state;
      const top = anchor && this.#blocks.element(anchor.key);
      if (kept) bringIntoSight(kept, 'nearest');
      else if (anchor && top) restoreAnchor(top, anchor.offset, this.#sight);
    });
  }

  /** What was brought into sight, or the next step, is kept there only if the reader has come to rest at it. */
  #noteKept(): void {
    const { top, bottom } = this.#sight();
    const isInSight = (key: string | null): boolean => {
      const place = key === null ? undefined : this.#blocks.element(key)?.getBoundingClientRect();
      return place !== undefined && place.top >= top && place.bottom <= bottom;
    };
    this.#kept = [this.#kept, this.#blocks.next].find(isInSight) ?? null;
  }

  #watchScrolling(): void {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    document.addEventListener(
      'scroll',
      () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          const anchor = anchorOf(this.#frame.main, this.#sight());
          this.#memory.update({ anchor: window.scrollY < 8 ? null : anchor });
          this.#following.settled(anchor?.key ?? null);
          this.#follow();
          this.#noteKept();
        }, 120);
      },
      { passive: true },
    );
  }

  /** Marks in the outline where the reader is. */
  #follow(): void {
    const edge = this.#sight().top + 60;
    const visited: string[] = [];
    for (const block of this.#view?.blocks ?? []) {
      if (block.kind !== 'section') continue;
      const top = this.#blocks.top(block.key);
      if (top === null || top > edge) break;
      visited.push(block.sectionId);
    }
    this.#outline.setHere(visited);
  }
}
