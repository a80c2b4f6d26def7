import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import type { HostMessage, PanelMessage } from '../../src/protocol/messages.ts';
import { panelPage, panelPolicy } from '../../src/protocol/panelPage.ts';
import { launchBrowser } from '../harness/browser.ts';
import { Progress } from '../harness/progress.ts';
import { ensureBrowser } from '../harness/systemTools.ts';
import { bundlePanel, ROOT, type Bundle } from './bundle.ts';
import { DEFAULT_STYLES } from './defaultStyles.ts';
import { THEMES, type ThemeName } from './themes.ts';

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What a former panel kept with `setState`. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  readonly forcedColors?: boolean;
  /** A screen that is touched, without a pointer that hovers. */
  readonly touch?: boolean;
  /** Takes the policy away, to see what the panel lets through by itself. */
  readonly withoutPolicy?: boolean;
}

/** The panel in a page, with a host that only listens. */
export interface Stage {
  readonly page: Page;
  /** What the panel has asked for since the last call; where a person looks is no request. */
  posted(): Promise<readonly PanelMessage[]>;
  /** Where a person has looked since the last call of either. */
  seen(): Promise<readonly Extract<PanelMessage, { type: 'seen' }>[]>;
  send(message: HostMessage): Promise<void>;
  state(): Promise<unknown>;
  /** Script errors, policy violations, navigations and requests to elsewhere; has to stay empty. */
  readonly trouble: readonly string[];
  close(): Promise<void>;
}

/** A browser and a server for the tests of one file. */
export class Theatre {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #pages = new Map<string, string>();
  #count = 0;

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
  }

  static async open(): Promise<Theatre> {
    const [browser, bundle] = await Promise.all([launchBrowser(await ensureBrowser(new Progress())), bundlePanel()]);
    const server = createServer();
    const theatre = new Theatre(browser, server);
    server.on('request', (request, response) => {
      void theatre.#answer(request.url ?? '/', bundle).then(({ type, body, policy }) => {
        response.writeHead(body === null ? 404 : 200, { 'content-type': type, ...(policy === null ? {} : { 'content-security-policy': policy }) });
        response.end(body ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return theatre;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async show(view: PanelView, options: OpenOptions = {}): Promise<Stage> {
    const theme = THEMES[options.theme ?? 'dark'];
    const path = `/page-${(this.#count += 1)}`;
    const initial = { type: 'snapshot', revision: 1, view } as const;
    const html = panelPage({ nonce: NONCE, cspSource: this.origin, script: '/panel.js', styles: ['/codicon.css', '/panel.css'], initial });
    const policed = options.withoutPolicy ? html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '') : html;
    this.#pages.set(path, policed.replace('<head>', `<head><style nonce="${NONCE}">${DEFAULT_STYLES}</style>`).replace('<body>', `<body class="${theme.kind}" data-vscode-theme-kind="${theme.kind}">`));
    const context = await this.#browser.newContext({
      viewport: { width: options.width ?? 1000, height: options.height ?? 860 },
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      ...(options.touch ? { hasTouch: true, isMobile: true } : {}),
      ...(options.forcedColors ? { forcedColors: 'active' as const } : {}),
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.addInitScript(playHost, { variables: theme.variables, state: options.state });
    return this.#stage(context, page, path);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #stage(context: BrowserContext, page: Page, path: string): Promise<Stage> {
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
    page.on('dialog', (dialog) => (trouble.push(`dialog: ${dialog.message()}`), void dialog.dismiss()));
    page.on('request', (request) => !/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(`${this.origin}/`) && trouble.push(`request to ${request.url()}`));
    page.on('popup', () => trouble.push('popup'));
    await page.goto(this.origin + path);
    page.on('framenavigated', (frame) => trouble.push(`navigated to ${frame.url()}`));
    return {
      page,
      trouble,
      posted: async () => (await takePosted(page)).filter(({ type }) => type !== 'seen'),
      seen: async () => (await takePosted(page)).filter((message) => message.type === 'seen'),
      // Two frames: the message is a task of its own, and what it draws may ask for another.
      send: (message) =>
        page.evaluate(async (sent) => {
          window.postMessage(sent);
          for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
        }, message),
      state: () => page.evaluate(() => (window as unknown as { fakeHost: { state: unknown } }).fakeHost.state),
      close: () => context.close(),
    };
  }

  async #answer(url: string, bundle: Bundle): Promise<{ readonly type: string; readonly body: string | Buffer | null; readonly policy: string | null }> {
    const page = this.#pages.get(url);
    if (page !== undefined) return { type: 'text/html; charset=utf-8', body: page, policy: page.includes('<meta http-equiv="Content-Security-Policy"') ? panelPolicy({ nonce: NONCE, cspSource: this.origin }) : null };
    if (url === '/panel.js') return { type: 'text/javascript; charset=utf-8', body: bundle.script, policy: null };
    if (url === '/panel.css') return { type: 'text/css; charset=utf-8', body: bundle.style, policy: null };
    const file = /^\/(codicon\.(?:css|ttf))/.exec(url)?.[1];
    if (file !== undefined) return { type: file.endsWith('css') ? 'text/css' : 'font/ttf', body: await readFile(join(ROOT, 'node_modules/@vscode/codicons/dist', file)), policy: null };
    return { type: 'text/plain', body: url === '/favicon.ico' ? '' : null, policy: null };
  }
}

const NONCE = 'c3RhZ2Utbm9uY2U';

/** Runs in the page before the panel: the three functions of a webview, and the theme as the editor sets it. */
function playHost({ variables, state }: { readonly variables: Readonly<Record<string, string>>; readonly state: unknown }): void {
  const fakeHost = { posted: [] as unknown[], state };
  const api = {
    postMessage: (message: unknown) => void fakeHost.posted.push(structuredClone(message)),
    getState: () => fakeHost.state,
    setState: (kept: unknown) => {
      fakeHost.state = structuredClone(kept);
    },
  };
  Object.assign(window, { fakeHost, acquireVsCodeApi: () => api });
  const paint = (): void => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
  };
  if (document.documentElement) paint();
  else new MutationObserver((_, observer) => document.documentElement && (paint(), observer.disconnect())).observe(document, { childList: true });
}

/** All that the panel has sent since the last call. */
function takePosted(page: Page): Promise<readonly PanelMessage[]> {
  return page.evaluate(() => (window as unknown as { fakeHost: { posted: PanelMessage[] } }).fakeHost.posted.splice(0));
}
