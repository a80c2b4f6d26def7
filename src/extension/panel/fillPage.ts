import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { firstPart } from '../../protocol/firstPart.ts';
import type { HostMessage } from '../../protocol/messages.ts';
import { panelPage } from '../../protocol/panelPage.ts';

/** Puts the panel's page into a webview, which may load nothing but the panel's own files. */
export function fillPage(webview: Webview, extensionUri: Uri, initial: Extract<HostMessage, { type: 'snapshot' }>): void {
  const root = Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [root] };
  const asset = (name: string): string => webview.asWebviewUri(Uri.joinPath(root, name)).toString();
  webview.html = panelPage({
    nonce: randomBytes(16).toString('hex'),
    cspSource: webview.cspSource,
    script: asset('panel.js'),
    styles: [asset('codicon.css'), asset('panel.css')],
    initial: firstPart(initial),
  });
}
