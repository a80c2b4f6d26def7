import type { Webview } from 'vscode';
import { Connection } from '../../protocol/connection.ts';
import type { HostMessage, PanelMessage } from '../../protocol/messages.ts';
import { checkPanelMessage } from '../../protocol/schemas.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Log } from '../log.ts';

/**
 * The host's end of the line to a webview of ours: every message is checked
 * before `receive` sees it, and what `receive` throws is reported.
 */
export function panelConnection(
  webview: Webview,
  { log, errors }: { readonly log: Log; readonly errors: ErrorReporter },
  receive: (message: PanelMessage) => Promise<void>,
): Connection<PanelMessage, HostMessage> {
  return new Connection<PanelMessage, HostMessage>(
    {
      post: (message) => void webview.postMessage(message),
      listen: (listener) => {
        const listening = webview.onDidReceiveMessage(listener);
        return () => listening.dispose();
      },
    },
    {
      check: checkPanelMessage,
      receive: (message) => void errors.guard('answering the panel', () => receive(message)),
      refused: (problem) => log.warn(`a message of the panel was refused: ${problem}`),
    },
  );
}
