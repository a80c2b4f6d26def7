import { type Terminal, type TerminalShellExecution, window } from 'vscode';
import { clearPrompt } from '../../node/runner/clearPrompt.ts';
import { CLEAR_HALF_TYPED } from '../../node/runner/typedLine.ts';

/** How long a new terminal's shell may take to report its integration, in milliseconds. */
const INTEGRATION_WAIT_MS = 6_000;

/** What is known once the line has been typed: the execution to read output from, when the shell reports one. */
export interface Typed {
  readonly execution: TerminalShellExecution | undefined;
}

/**
 * Types one line and Enter. Half-typed text is cleared first: by the shell's
 * own keys, and by the editor with shell integration. The editor alone is not
 * enough: it does not know of an Escape that waits for its next key. Without
 * integration nobody but us gives up a command that is continued over lines.
 *
 * @param how `integrates`: whether the shell can have an integration; when it
 *   cannot, what claims to be one is output of some program. `waits`: whether to
 *   give it time to report. `clears`: whether the prompt may hold something and can be emptied.
 * @param announce told of the execution before anything of it can be heard
 */
export async function typeLine(
  terminal: Terminal,
  line: string,
  how: { readonly integrates: boolean; readonly waits: boolean; readonly clears: boolean },
  announce: (execution: TerminalShellExecution) => void,
): Promise<Typed> {
  if (how.integrates && how.waits) await integrationOf(terminal);
  const shellIntegration = how.integrates ? terminal.shellIntegration : undefined;
  const send = (keys: string): void => terminal.sendText(keys, false);
  if (shellIntegration === undefined) {
    if (how.clears) await clearPrompt(await terminal.processId, send);
    terminal.sendText(line, true);
    return { execution: undefined };
  }
  if (how.clears) send(CLEAR_HALF_TYPED);
  const execution = shellIntegration.executeCommand(line);
  announce(execution);
  return { execution };
}

/** Resolves when the terminal's shell integration is active, has closed, or after a short wait. */
function integrationOf(terminal: Terminal): Promise<void> {
  if (terminal.shellIntegration !== undefined || terminal.exitStatus !== undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      resolve();
    };
    const timer = setTimeout(finish, INTEGRATION_WAIT_MS);
    const listeners = [
      window.onDidChangeTerminalShellIntegration((event) => event.terminal === terminal && finish()),
      window.onDidCloseTerminal((closed) => closed === terminal && finish()),
    ];
  });
}
