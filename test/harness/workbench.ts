import type { Locator, Page } from 'playwright-core';
import { waitForWorkbench } from './browser.ts';
import { until } from './deadline.ts';

const quickInput = (page: Page): Locator => page.locator('.quick-input-widget').filter({ visible: true });

/**
 * Runs a command by its title as the command palette shows it ("View: Toggle Terminal").
 * The palette lists what is known when it opens, so it is opened again until the title is there.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  await chooseFromPalette(page, `>${title}`, startsAs(title), `the command "${title}"`);
}

/** Reloads as a person does: the workbench stores what it shows first. Returns once it can be used again. */
export async function reloadWindow(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load');
  await runCommand(page, 'Developer: Reload Window');
  await loaded;
  await waitForWorkbench(page);
}

/** Opens a file of the workspace by its name through quick open, and returns once its tab is active. */
export async function openFile(page: Page, name: string): Promise<void> {
  // One that is not in the top folder is announced with its folder behind its name.
  await chooseFromPalette(page, name, (announced) => startsAs(name)(announced) || announced.startsWith(`${name} `), `the file "${name}"`);
  await page.locator('.tab.active').filter({ hasText: name }).waitFor();
}

/** Closes all editors and returns once they are gone: what is opened before would be closed, too. */
export async function closeAllEditors(page: Page): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await until(async () => (await page.locator('.editor-group-container .tab').count()) === 0, { what: 'all editors to be closed' });
}

async function chooseFromPalette(page: Page, text: string, isIt: (label: string) => boolean, what: string): Promise<void> {
  await until(
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      const input = quickInput(page).locator('input.input');
      await input.fill(text, { timeout: 3_000 });
      const row = await until(() => findRow(page, isIt), { what, timeoutMs: 2_000, everyMs: 50 });
      await row.click({ timeout: 2_000 });
      return true;
    },
    { what: `${what} in the command palette` },
  );
  // What is chosen may open a list in the palette's place; until then it is the palette's own rows that are seen.
  await until(async () => !(await typedInPalette(page)).includes(text), { what: `the palette to make room after ${what}` });
}

/** What stands in the quick input that is shown, if one is. */
async function typedInPalette(page: Page): Promise<readonly string[]> {
  return quickInput(page).locator('input.input').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
}

/** A row is announced as its label, then a comma and its details, if it has any. */
const startsAs = (label: string) => (announced: string): boolean => announced === label || announced.startsWith(`${label},`);

async function findRow(page: Page, isIt: (label: string) => boolean): Promise<Locator | undefined> {
  const rows = quickInput(page).locator('.monaco-list-row');
  const labels = await rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
  const index = labels.findIndex(isIt);
  return index < 0 ? undefined : rows.nth(index);
}

/**
 * Chooses from the context menu that is open, with one press of Enter.
 * A click is taken only a while after the menu has come up, and a second one, made because the first seemed lost,
 * may land beside a menu that has gone by then and take the focus from what the first one opened.
 */
export async function pressInMenu(page: Page, label: string): Promise<void> {
  const item = page.locator('.monaco-menu .action-item').filter({ hasText: label });
  await until(
    async () => {
      await item.hover({ timeout: 1_000 });
      return item.evaluate((element) => element.classList.contains('focused'));
    },
    { what: `“${label}” in the menu to have the focus` },
  );
  await page.keyboard.press('Enter');
  await item.waitFor({ state: 'detached' });
}

/** The labels of the pick list that is open, once it has any. */
export async function pickLabels(page: Page): Promise<string[]> {
  const rows = quickInput(page).locator('.monaco-list-row .label-name');
  await rows.first().waitFor();
  return rows.allInnerTexts();
}

/** Chooses from the pick list that is open, by the label's text. */
export async function pick(page: Page, label: string): Promise<void> {
  // Typed first, because of a long list only the part in sight is in the page.
  await quickInput(page).locator('input.input').fill(label);
  const row = await until(() => findRow(page, startsAs(label)), { what: `"${label}" in the pick list` });
  await row.click();
}

/** Types into the input box that is open and confirms it. */
export async function answerInput(page: Page, text: string): Promise<void> {
  const input = quickInput(page).locator('input.input');
  await input.fill(text);
  await input.press('Enter');
}

/** The texts of the notifications that are shown, newest first. */
export async function notifications(page: Page): Promise<string[]> {
  return page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
}

/** Presses a button of a notification, by its label. */
export async function pressInNotification(page: Page, button: string): Promise<void> {
  await page.locator('.notification-toast').getByRole('button', { name: button, exact: true }).first().click();
}

/** The text of the modal dialog that is open, once there is one. */
export async function dialogText(page: Page): Promise<string> {
  return page.locator('.monaco-dialog-box .dialog-message-container').innerText();
}

/** Presses a button of the modal dialog that is open, by its label. */
export async function pressInDialog(page: Page, button: string): Promise<void> {
  await page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
}

/** The texts of the status bar's entries that are shown. */
export async function statusBarTexts(page: Page): Promise<string[]> {
  const texts = await page.locator('.part.statusbar .statusbar-item').filter({ visible: true }).allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter(Boolean);
}
