import { execFileSync } from 'node:child_process';
import { onPath } from './aptPackages.ts';
import type { Demo } from './demo.ts';

/**
 * Installs the extension into the VS Code on this machine and opens the demo in a new window.
 * Returns false when there is no `code` command, or when it does not take the extension.
 */
export function openInDesktopCode(vsix: string, demo: Demo): boolean {
  const code = onPath('code');
  if (code === undefined) return false;
  try {
    execFileSync(code, ['--install-extension', vsix, '--force'], { stdio: 'inherit' });
    execFileSync(code, ['--new-window', demo.workspace, '--goto', demo.runbook], { stdio: 'inherit' });
    return true;
  } catch (error) {
    console.error(`The code command did not open the demo: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
