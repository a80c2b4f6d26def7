/** The fixed parts of the page, in reading order. */
export interface Frame {
  readonly header: HTMLElement;
  readonly outline: HTMLElement;
  readonly main: HTMLElement;
  readonly intro: HTMLElement;
  readonly blocks: HTMLElement;
  readonly rollback: HTMLElement;
  readonly dock: HTMLElement;
  /** Rollback sheet and dock together, at the lower edge. */
  readonly bottom: HTMLElement;
  readonly prompt: HTMLDialogElement;
  readonly keys: HTMLDialogElement;
  readonly live: HTMLElement;
  readonly toast: HTMLElement;
}

/** Builds the page's landmarks inside `root`. Called once. */
export function buildFrame(root: HTMLElement, skip: { readonly toStep: () => void; readonly toDock: () => void }): Frame {
  const header = make('header', 'header');
  const outline = make('nav', 'outline');
  outline.setAttribute('aria-label', 'Outline');
  const main = make('main', 'main');
  main.setAttribute('aria-label', 'Runbook');
  const intro = make('div', 'intro');
  const blocks = make('div', 'blocks');
  main.append(intro, blocks);
  const shell = make('div', 'shell');
  shell.append(outline, main);
  const rollback = make('section', 'sheet rollback');
  const dock = make('section', 'dock');
  dock.setAttribute('aria-label', 'Rollback levels');
  const bottom = make('div', 'bottom');
  bottom.append(rollback, dock);
  const prompt = make('dialog', 'sheet prompt');
  const keys = make('dialog', 'sheet keys');
  const live = make('div', 'sr');
  const toast = make('div', 'toast');
  const skips = make('div', 'skips');
  skips.append(skipButton('Skip to the next step', skip.toStep), skipButton('Skip to the rollback levels', skip.toDock));
  root.replaceChildren(skips, header, shell, bottom, prompt, keys, live, toast);
  return { header, outline, main, intro, blocks, rollback, dock, bottom, prompt, keys, live, toast };
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function skipButton(text: string, go: () => void): HTMLElement {
  const button = make('button', 'skip');
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', go);
  return button;
}
