import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { panelFrame } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { openFile, runCommand } from '../harness/workbench.ts';

/** A workspace with these files, in a folder of its own. */
export async function workspaceWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guided-runbooks-ws-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

export async function removeWorkspace(folder: string | undefined): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** The panel as a person uses it: found by what it says. */
export class RunbookPanel {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a file of the workspace's top folder in the panel. */
  static async open(page: Page, file: string): Promise<RunbookPanel> {
    await openFile(page, file);
    await runCommand(page, 'Runbook: Open as Panel');
    const panel = new RunbookPanel(page);
    await panel.frame.locator('.block').first().waitFor();
    return panel;
  }

  get frame(): FrameLocator {
    return panelFrame(this.page);
  }

  /** Every step of the document that is drawn. */
  get steps(): Locator {
    return this.frame.locator('.block[data-key^="step:"]');
  }

  /** By its title alone: what a command prints may name another step. */
  step(title: string): Locator {
    return this.frame.locator(`.block[data-key^="step:"]:has(.title:has-text(${JSON.stringify(title)}))`).first();
  }

  /** Waits until a step says something: its status, result or message. */
  async waitForStep(title: string, says: string | RegExp, timeout = 30_000): Promise<void> {
    await this.step(title).getByText(says).first().waitFor({ timeout });
  }

  /** What stands beside a step about how its command ended, without the command itself; '' while it says nothing. */
  async resultOf(title: string): Promise<string> {
    return (await this.step(title).locator('.by, .result, .message').allTextContents()).join('\n');
  }

  /** Presses a button of the whole run, by its label. */
  async press(label: string | RegExp): Promise<void> {
    await this.frame.getByRole('button', { name: label }).first().click();
  }

  /** Presses a button of a step; those of a step in the background show once it is pointed at. */
  async pressAt(title: string, label: string | RegExp): Promise<void> {
    const step = this.step(title);
    const button = step.getByRole('button', { name: label }).first();
    // A pointer that stands there already does not arrive, so it goes away before it comes again.
    await until(
      async () => {
        await step.hover();
        if (await button.isVisible()) return true;
        await this.page.mouse.move(2, 2);
        return false;
      },
      { what: `the button ${String(label)} of “${title}”` },
    );
    await button.click();
  }

  /** Ticks or unticks a manual step. */
  async tick(title: string): Promise<void> {
    await this.step(title).getByRole('checkbox').first().click();
  }

  /** Fills in the question that is open and answers it. */
  async answer(text: string, confirm: string): Promise<void> {
    const dialog = this.frame.getByRole('dialog').filter({ visible: true });
    await dialog.getByRole('textbox').first().fill(text);
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
  }

  async start(): Promise<void> {
    await this.press('Start run');
    await this.frame.getByText(/started by you/).first().waitFor();
  }

  /** Runs the step that is next. */
  async runNext(): Promise<void> {
    await this.press('Run next step');
  }

  /** Everything that the panel says. */
  text(): Promise<string> {
    return this.frame.locator('body').innerText();
  }
}
