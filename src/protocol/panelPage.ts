import type { HostMessage } from './messages.ts';

export interface PanelPage {
  /** Fresh for every page, unguessable, base64 or hex. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** `panel.js`, as a URI that the page can load. */
  readonly script: string;
  /** `codicon.css` and `panel.css`, in this order. */
  readonly styles: readonly string[];
  /** What is shown at once, without asking. */
  readonly initial: Extract<HostMessage, { type: 'snapshot' }>;
}

/** The policy that the panel is held to. There is no way to run a script that has no nonce. */
export function panelPolicy(page: Pick<PanelPage, 'nonce' | 'cspSource'>): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource} 'nonce-${page.nonce}'`,
    `font-src ${page.cspSource}`,
    `img-src ${page.cspSource} https: data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** The panel's page. All that varies is either our own or escaped here. */
export function panelPage(page: PanelPage): string {
  const styles = page.styles.map((href) => `<link rel="stylesheet" href="${attribute(href)}">`).join('\n');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(panelPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Runbook</title>
${styles}
</head>
<body>
<div id="panel"></div>
<script type="application/json" id="initial">${json(page.initial)}</script>
<script nonce="${attribute(page.nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>`;
}

/** JSON that cannot end the script element it stands in. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
