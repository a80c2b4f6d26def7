import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { CodeServer, type CodeServerOptions } from './codeServer.ts';
import { until } from './deadline.ts';
import type { HostTestResult } from './hostTests.ts';
import type { ServerTools } from './install.ts';

export interface HostRun {
  readonly tools: ServerTools;
  readonly browser: Browser;
  /** The folder of the extension under test: its package.json, and what that names as main, already built. */
  readonly extension: string;
  /** A TypeScript module whose `run` was made with `hostTests`. */
  readonly tests: string;
  readonly server?: CodeServerOptions;
  readonly timeoutMs?: number;
  /** What is done in the editor's window while the tests run; an error of it is thrown. */
  readonly meanwhile?: (page: Page) => Promise<void>;
}

/**
 * Runs a module of tests inside the extension host of an editor started for it, where `vscode` can be imported.
 * Returns each test's result. Throws, with what the editor said, when the host ended without results.
 */
export async function runInExtensionHost(options: HostRun): Promise<HostTestResult[]> {
  const { tools, browser, extension, tests, server: serverOptions = {}, timeoutMs = 120_000, meanwhile } = options;
  await using server = await CodeServer.start(tools, { ...serverOptions, testDriver: true });
  const bundle = join(server.folders.root, 'tests', 'index.cjs');
  await bundleForHost(tests, bundle);
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const page = await context.newPage();
    const log: string[] = [];
    let exitCode: number | undefined;
    // The workbench calls these two: with what the host writes to its console, and once `run` has ended.
    await page.exposeFunction('codeAutomationLog', (kind: string, args: unknown[]) => void log.push(`${kind} ${args.join(' ')}`));
    await page.exposeFunction('codeAutomationExit', (code: number) => void (exitCode = code));
    const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
    await page.goto(
      server.url([
        ['extensionDevelopmentPath', remote(extension)],
        ['extensionTestsPath', remote(bundle)],
        ['skipWelcome', 'true'],
      ]),
    );
    await meanwhile?.(page);
    const saying = (): string => `The editor said:\n${[...log, server.log()].join('\n')}`;
    await until(() => exitCode !== undefined, { what: 'the tests in the extension host to end', timeoutMs }).catch((error: Error) => {
      throw new Error(`${error.message}. ${saying()}`, { cause: error });
    });
    const results = await readFile(`${bundle}.results.json`, 'utf8').catch(() => undefined);
    if (results === undefined) throw new Error(`The extension host ended with ${exitCode} and left no results. ${saying()}`);
    return JSON.parse(results) as HostTestResult[];
  } finally {
    await context.close();
  }
}

/** Bundles a test module into one file that the extension host can load: it takes CommonJS, and provides `vscode` itself. */
export async function bundleForHost(entry: string, outfile: string): Promise<void> {
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], sourcemap: 'inline' });
}
