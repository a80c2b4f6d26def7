import type { Locator, Page } from 'playwright-core';
import { until } from './deadline.ts';
import { runCommand } from './workbench.ts';

const activeTerminal = (page: Page): Locator => page.locator('.terminal-wrapper.active').filter({ visible: true });

/** Opens a terminal and returns once its shell has written a prompt. */
export async function openTerminal(page: Page): Promise<void> {
  await runCommand(page, 'Terminal: Create New Terminal');
  await until(async () => (await terminalText(page)).length > 0, { what: "the terminal's first prompt" });
}

/**
 * What the active terminal shows: its visible rows, without blanks at their ends, joined by line feeds.
 * A long line takes several rows; what has scrolled out of sight is not in it.
 */
export async function terminalText(page: Page): Promise<string> {
  const rows = await activeTerminal(page).locator('.xterm-rows > div').allTextContents();
  return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n').trimEnd();
}

/** Takes the keyboard to the active terminal. */
export async function focusTerminal(page: Page): Promise<void> {
  await activeTerminal(page).locator('.xterm-helper-textarea').first().focus();
}

/** Types a line into the active terminal and presses Enter. */
export async function typeInTerminal(page: Page, line: string): Promise<void> {
  await focusTerminal(page);
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** Returns the terminal's text once it holds `expected`; throws with the text that was there instead. */
export async function waitForTerminalText(page: Page, expected: string | RegExp, timeoutMs = 30_000): Promise<string> {
  let text = '';
  try {
    return await until(
      async () => {
        text = await terminalText(page);
        return (typeof expected === 'string' ? text.includes(expected) : expected.test(text)) && text;
      },
      { what: `${String(expected)} in the terminal`, timeoutMs },
    );
  } catch (error) {
    throw new Error(`${(error as Error).message}. The terminal showed:\n${text}`, { cause: error });
  }
}

/** The names of the terminals that are open, as their tabs show them (one alone has its name in the panel's title). */
export async function terminalNames(page: Page): Promise<string[]> {
  const tabs = page.locator('.terminal-tabs-entry .monaco-icon-label-container').filter({ visible: true });
  const single = page.locator('.single-terminal-tab').filter({ visible: true });
  const names = (await tabs.count()) > 0 ? await tabs.allInnerTexts() : await single.allInnerTexts();
  return names.map((name) => name.trim());
}
