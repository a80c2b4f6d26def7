import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { hostTests } from '../harness/hostTests.ts';

/**
 * What `start.ts` and this module say to each other, as files in the workspace:
 * `raw-N.go` asks for the N-th command, `raw-N.json` tells its times, `stop` ends.
 */
export interface RawTimes {
  readonly asked: number;
  /** When the editor told of the end, in milliseconds since 1970. */
  readonly ended: number;
}

const now = (): number => performance.timeOrigin + performance.now();

export const run = hostTests({
  'runs commands as they are': async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const terminal = vscode.window.createTerminal('raw');
    const shell = await integrationOf(terminal);
    for (let index = 0; !existsSync(join(folder, 'stop')); ) {
      if (!existsSync(join(folder, `raw-${index}.go`))) {
        await pause(20);
        continue;
      }
      await write(join(folder, `raw-${index}.json`), await once(shell, index));
      index += 1;
    }
  },
});

async function integrationOf(terminal: vscode.Terminal): Promise<vscode.TerminalShellIntegration> {
  for (;;) {
    if (terminal.shellIntegration !== undefined) return terminal.shellIntegration;
    await pause(50);
  }
}

async function once(shell: vscode.TerminalShellIntegration, index: number): Promise<RawTimes> {
  const asked = now();
  const execution = shell.executeCommand(`date +%s%N > raw-${index}.begun; date +%s%N > raw-${index}.over`);
  const ended = await new Promise<number>((resolve) => {
    const listener = vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.execution !== execution) return;
      listener.dispose();
      resolve(now());
    });
  });
  return { asked, ended };
}

async function write(path: string, times: RawTimes): Promise<void> {
  await writeFile(`${path}.part`, JSON.stringify(times));
  await rename(`${path}.part`, path);
}
