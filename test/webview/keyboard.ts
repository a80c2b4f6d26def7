import type { Page } from 'playwright-core';

/** A person at the keyboard. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** What has the keyboard: `row KEY`, the id of a button, the name of an input, or the class of anything else. */
  focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return 'nothing';
      const key = element.closest<HTMLElement>('.block')?.dataset['key'];
      if (element.hasAttribute('data-row')) return `row ${key}`;
      return element.dataset['button'] ?? element.dataset['input'] ?? `${element.className || element.localName}${key ? ` in ${key}` : ''}`;
    });
  }
}
