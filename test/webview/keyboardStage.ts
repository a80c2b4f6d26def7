import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { Keyboard } from './keyboard.ts';
import { type OpenOptions, type Stage, Theatre } from './stage.ts';

/** The panel of the test that runs, and a keyboard at it. */
export interface KeyboardStage {
  readonly stage: Stage;
  /** Shows a view, and forgets what the panel has sent until it stood. */
  open(view: PanelView, options?: OpenOptions): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  focused(): Promise<string>;
}

/** A stage for each test of the file; after each, nothing may have gone wrong on the page. */
export function keyboardStage(): KeyboardStage {
  let theatre: Theatre;
  let stage: Stage;
  let keyboard: Keyboard;
  beforeAll(async () => {
    theatre = await Theatre.open();
  });
  afterAll(() => theatre.close());
  afterEach(async () => {
    expect(stage.trouble).toEqual([]);
    await stage.close();
  });
  return {
    get stage() {
      return stage;
    },
    open: async (view, options = {}) => {
      stage = await theatre.show(view, options);
      keyboard = new Keyboard(stage.page);
      await stage.page.waitForTimeout(100);
      await stage.posted();
    },
    press: (...keys) => keyboard.press(...keys),
    focused: () => keyboard.focused(),
  };
}
