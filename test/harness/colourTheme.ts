import type { Page } from 'playwright-core';
import { until } from './deadline.ts';
import { pick, runCommand } from './workbench.ts';

/** The editor's own themes, by the name in its list, and the class that the workbench carries while one is on. */
const THEMES = {
  dark: { label: 'Dark 2026', marker: 'vs-dark' },
  light: { label: 'Light 2026', marker: 'vs' },
  contrast: { label: 'Dark High Contrast', marker: 'hc-black' },
  contrastLight: { label: 'Light High Contrast', marker: 'hc-light' },
} as const;

export type ColourTheme = keyof typeof THEMES;
export const COLOUR_THEMES = Object.keys(THEMES) as ColourTheme[];

/** Changes the colour theme as a person would, and returns once the workbench has taken it. */
export async function setColourTheme(page: Page, theme: ColourTheme): Promise<void> {
  const { label, marker } = THEMES[theme];
  await runCommand(page, 'Preferences: Color Theme');
  await pick(page, label);
  await until(
    () => page.locator('.monaco-workbench').first().evaluate((element, name) => element.classList.contains(name), marker),
    { what: `the colour theme "${label}"` },
  );
}
