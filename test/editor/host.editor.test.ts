import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchBrowser } from '../harness/browser.ts';
import { runInExtensionHost } from '../harness/extensionHost.ts';
import { ensureEditorTools } from '../harness/install.ts';
import { REPOSITORY } from '../harness/vsix.ts';

const HOST_TESTS = join(import.meta.dirname, 'host');

// Every module of tests for the extension host, in an editor of its own.
describe.each(readdirSync(HOST_TESTS).filter((name) => name.endsWith('.host.ts')))('%s', (file) => {
  it('passes in the extension host', async () => {
    const tools = await ensureEditorTools();
    const browser = await launchBrowser(tools.chromium);
    try {
      const results = await runInExtensionHost({ tools, browser, extension: REPOSITORY, tests: join(HOST_TESTS, file) });
      expect(results.length).toBeGreaterThan(0);
      expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
