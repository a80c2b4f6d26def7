import type { Locator, Page } from 'playwright-core';
import { RunbookPanel } from './runbookPanel.ts';

/** What one command may take on a machine that is busy with other things, in milliseconds. */
export const PATIENCE_MS = 90_000;

/** The demo's story as a person plays it: what is pressed in the panel, and what is waited for. */
export class DemoStory {
  readonly panel: RunbookPanel;

  constructor(page: Page) {
    this.panel = new RunbookPanel(page);
  }

  /** Starts a run: the first one of this panel or a new one. */
  async start(): Promise<void> {
    await this.panel.press(/^Start (?:a new )?run/);
    await this.panel.frame.getByText(/started by you/).first().waitFor();
    await this.panel.frame.locator('.header').getByText('0 of 24 steps').waitFor();
  }

  /** From a started run to the check that fails, the quick way. */
  async goToFailure(): Promise<void> {
    await this.goToDarkTraffic();
    await this.panel.press('Run until the next gate');
    await this.passDarkTraffic();
  }

  /** From a started run to the step that sends traffic to v2 with the feature off; that one has not been run. */
  async goToDarkTraffic(): Promise<void> {
    const { panel } = this;
    await panel.press('Run until the next gate');
    await this.done('Check that the backup can be read');
    await panel.press('Tick the next step');
    await this.says('The support channel knows', /you · /);
    await panel.pressAt('every check above is green', 'Go');
    await this.says('every check above is green', /Go · you/);
    for (const title of ['Check out the release', 'Migrate the database', 'Restart on v2']) {
      await panel.runNext();
      await this.done(title);
    }
  }

  /** From there, with the run going on by itself, to the check that fails. */
  async passDarkTraffic(): Promise<void> {
    const { panel } = this;
    await this.done('Send some traffic and check');
    await panel.press('Tick the next step');
    await this.says('The log has no new errors', /you · /);
    await panel.runNext();
    await this.question.getByRole('button', { name: 'Run', exact: true }).click();
    await this.done('Switch bulk pricing on');
    await panel.runNext();
    await this.done('Place a bulk order');
    await panel.press('Tick the next step');
    await this.says('The order is 12 % cheaper', /you · /);
    await panel.press('Run until the next gate');
    await this.says('Check the error rate', 'The command failed with exit 1');
  }

  /** The modal question that is open. */
  get question(): Locator {
    return this.panel.frame.locator('dialog[open]');
  }

  /** The sheet of a rollback. */
  get sheet(): Locator {
    return this.panel.frame.locator('.sheet.rollback');
  }

  /** Waits until a step says something. */
  async says(title: string, words: string | RegExp): Promise<void> {
    await this.panel.waitForStep(title, words, PATIENCE_MS);
  }

  /** Waits until the command of a step has succeeded. */
  async done(title: string): Promise<void> {
    await this.says(title, /exit 0/);
  }

  /** Opens the plan of a level and returns once it is shown. */
  async lookAt(level: number): Promise<void> {
    await this.panel.press(new RegExp(`^Roll back, level ${level}`));
    await this.sheet.getByText('Plan, nothing has run').waitFor({ timeout: PATIENCE_MS });
  }

  /** The commands of the plan, as they are shown. */
  async planned(): Promise<string[]> {
    const texts = await this.sheet.locator('.plan .source pre').allInnerTexts();
    return texts.map((text) => text.trim());
  }

  /** Confirms the plan that is shown and waits for the end of its verification. */
  async confirm(level: number): Promise<void> {
    await this.panel.press(`Roll back to level ${level}`);
    await this.succeeded();
  }

  /** Waits until the level that runs has ended well. */
  async succeeded(): Promise<void> {
    await this.sheet.getByText('Every command of this level has succeeded.').waitFor({ timeout: PATIENCE_MS });
  }

  /** Ends the run after a rollback. */
  async endRolledBack(): Promise<void> {
    await this.panel.press('End run as rolled back');
    await this.panel.frame.locator('.header').getByText(/rolled back \d\d:\d\d/).waitFor({ timeout: PATIENCE_MS });
  }

  /** Whether a step lies whole between header and dock. */
  isInSight(title: string): Promise<boolean> {
    return this.panel.step(title).evaluate((step) => {
      const rect = (selector: string): DOMRect => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      const block = step.getBoundingClientRect();
      return block.top >= rect('.header').bottom - 1 && block.bottom <= rect('.bottom').top + 1;
    });
  }
}
