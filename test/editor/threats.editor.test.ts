import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { terminalNames } from '../harness/terminal.ts';
import { VSIX } from '../harness/vsix.ts';
import { notifications, runCommand } from '../harness/workbench.ts';
import { HOSTILE_HTML } from '../webview/hostileHtml.ts';
import { RunbookPanel } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';
import { forge, HOSTILE_NAME, hostHasRead, hostileWorkspace, MARK, marks, sentMessages, shownRevision, tabNames, takePanelOver } from './threatKit.ts';

/** In a list each ends where the next begins, so that none can comment out the rest. */
const MARKUP = `# Markup\n\n${HOSTILE_HTML.map((html) => `- ${html.replaceAll('\n', ' ')}\n`).join('')}\n## Last\n\n**The last step**:\n\n\`\`\`bash\ntouch ${MARK}\n\`\`\`\n`;
const UNCLOSED = ['<script>window.pwned=1', '<!-- <img src=x onerror=window.pwned=1>', '<style>*{display:none}', '<textarea>', '<svg><style><img src=x onerror=window.pwned=1>'];

const HREFS = [
  'command:workbench.action.terminal.new', 'CoMmAnD:workbench.action.terminal.new', 'command%3Aworkbench.action.terminal.new', '&#99;ommand:workbench.action.terminal.new',
  'vscode:extension/x', 'VSCODE://file/etc/passwd', 'vscode-remote:x', 'javascript:window.pwned=1', 'JaVaScRiPt:window.pwned=1', 'java%0ascript:window.pwned=1', '&#x6A;avascript:window.pwned=1',
  'file:///etc/passwd', 'FILE:///etc/passwd', 'data:text/html,<script>parent.pwned=1</script>', 'blob:x', 'mailto:x@example.test', '//evil.example/', '\\\\evil.example\\x', '/etc/passwd',
  '../outside.md', '%2e%2e/outside.md', '..%2foutside.md', 'sub/../../outside.md', 'out/outside.md', 'out.md', `$(touch ${MARK})`, '.',
] as const;
const markdownLink = (href: string, index: number): string => `- [link ${index}](<${href}>)\n- <a href="${href}">anchor ${index}</a>\n`;
const LINKS = `# Links\n\n${HREFS.map(markdownLink).join('')}\n- [inside](notes.md)\n`;

const FORGED = `# Forged\n\n**Do it**:\n\n\`\`\`bash {#do-it}\necho done >> done\n\`\`\`\n\n**Then this**:\n\n\`\`\`bash {#then-this}\necho then >> then\n\`\`\`\n\n**Ask first**:\n\n\`\`\`bash {#ask-first confirm}\ntouch ${MARK}\n\`\`\`\n\n## Rollback\n\n### Level 1: Undo (2 minutes)\n\n\`\`\`bash\ntouch ${MARK}\n\`\`\`\n`;

describe('a hostile document in the panel', () => {
  let outer: string;
  let workspace: string;
  let editor: Editor;
  /** Requests to anywhere but the editor itself. */
  const strangers: string[] = [];

  beforeAll(async () => {
    ({ outer, workspace } = await hostileWorkspace({
      'markup.md': MARKUP,
      ...Object.fromEntries(UNCLOSED.map((html, index) => [`unclosed-${index}.md`, `# Unclosed\n\n**The first step**:\n\n\`\`\`bash\ntouch ${MARK}\n\`\`\`\n\n${html}\n`])),
      'links.md': LINKS,
      'notes.md': '# Notes\n',
      'forged.md': FORGED,
    }));
    mkdirSync(join(outer, 'elsewhere'));
    for (const name of ['outside.md', 'elsewhere/outside.md']) writeFileSync(join(outer, name), '# Outside\n');
    symlinkSync(join(outer, 'elsewhere'), join(workspace, 'out'));
    symlinkSync(join(outer, 'outside.md'), join(workspace, 'out.md'));
    editor = await startEditor({ workspace, extensions: [VSIX] });
    editor.page.on('request', (request) => {
      if (!/^(?:data:|blob:|vscode-)/.test(request.url()) && new URL(request.url()).host !== editor.server.authority) strangers.push(request.url());
    });
    await takePanelOver(editor);
  });

  afterAll(async () => {
    await editor?.dispose();
    rmSync(outer, { recursive: true, force: true });
  });

  const nothingHappened = async (): Promise<void> => {
    expect(marks(editor, outer, workspace)).toEqual([]);
    expect(await terminalNames(editor.page)).toEqual([]);
    for (const frame of editor.page.frames()) expect(await frame.evaluate(() => 'pwned' in window)).toBe(false);
  };

  it('opens from a folder whose name is hostile', () => {
    expect(workspace).toContain(HOSTILE_NAME);
  });

  it('runs none of its markup, loads nothing but pictures over https, and keeps every step', async () => {
    const panel = await RunbookPanel.open(editor.page, 'markup.md');
    await panel.step('The last step').scrollIntoViewIfNeeded();
    await panel.step('The last step').click();
    await nothingHappened();
    expect(strangers.filter((url) => !url.startsWith('https://'))).toEqual([]);
    expect(await panel.frame.locator('.prose, .t').locator('script, iframe, object, embed, style, link, meta, base, form, input, svg, math, [onerror], [onload], [onclick], [style]').count()).toBe(0);
  });

  it.each(UNCLOSED.map((html, index) => [html, index] as const))('is not swallowed by %s', async (_, index) => {
    const panel = await RunbookPanel.open(editor.page, `unclosed-${index}.md`);
    await panel.step('The first step').getByText(`touch ${MARK}`).waitFor();
    expect(await panel.frame.locator('.dock').isVisible()).toBe(true);
    await nothingHappened();
  });

  it('is held by a policy that the real page has', async () => {
    const panel = await RunbookPanel.open(editor.page, 'markup.md');
    const policy = await panel.frame.locator('meta[http-equiv="Content-Security-Policy"]').first().getAttribute('content');
    const directives = new Map((policy ?? '').split(';').map((directive) => directive.trim().split(/\s+/)).map(([name = '', ...sources]) => [name, sources]));
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual([expect.stringMatching(/^'nonce-[0-9a-f]{32}'$/)]);
    expect(directives.get('base-uri')).toEqual(["'none'"]);
    expect(directives.get('form-action')).toEqual(["'none'"]);
    for (const name of ['connect-src', 'frame-src', 'child-src', 'worker-src', 'object-src', 'script-src-elem', 'script-src-attr']) expect(directives.has(name)).toBe(false);
    expect(policy).not.toMatch(/unsafe|strict-dynamic|(?:^|\s)\*(?:;|\s|$)/);
  });

  it('has that policy enforced: what is put into the page does not run, load or connect', async () => {
    const panel = new RunbookPanel(editor.page);
    const body = panel.frame.locator('body');
    await body.evaluate((element) => {
      const blocked: string[] = [];
      Object.assign(window, { blocked });
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => blocked.push(effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.pwned = 1';
      element.append(script);
      element.insertAdjacentHTML('beforeend', '<img src="data:image/png;base64,x" onerror="window.pwned=1"><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>');
      // Called by the browser and not by the test, which would be let through.
      setTimeout(() => {
        try {
          (0, eval)('window.pwned = 1');
        } catch {
          blocked.push('eval');
        }
        void fetch('https://evil.example/').catch(() => blocked.push('fetch'));
      });
    });
    const blocked = (): Promise<string[]> => body.evaluate(() => (window as unknown as { readonly blocked: string[] }).blocked);
    for (const what of ['script-src-elem', 'script-src-attr', 'eval', 'fetch', 'connect-src']) await until(async () => (await blocked()).includes(what), { what: `${what} to be blocked` });
    await nothingHappened();
    expect(strangers.filter((url) => url.includes('evil.example') && !/\.png/.test(url))).toEqual([]);
  });

  /** Opens a file that may be opened after all that may not, and says which tabs have come by then. */
  async function openedMeanwhile(before: readonly string[]): Promise<readonly string[]> {
    await until(async () => (await tabNames(editor.page)).includes('notes.md'), { what: 'the file of the workspace to open' });
    await nothingHappened();
    expect(await editor.page.locator('.monaco-dialog-box').count()).toBe(0);
    expect(editor.browser.contexts().flatMap((context) => context.pages())).toHaveLength(1);
    const opened = (await tabNames(editor.page)).filter((name) => !before.includes(name));
    await runCommand(editor.page, 'View: Close Editor');
    return opened;
  }

  it('opens none of its links that lead elsewhere, and those that stay', async () => {
    const panel = await RunbookPanel.open(editor.page, 'links.md');
    const before = await tabNames(editor.page);
    const address = editor.page.url();
    const links = panel.frame.getByText(/^(?:link|anchor) \d+$/);
    expect(await links.count()).toBeGreaterThan(HREFS.length);
    for (const link of await links.all()) await link.click();
    await panel.frame.getByRole('link', { name: 'inside' }).click();
    expect(await openedMeanwhile(before)).toEqual(['notes.md']);
    expect(editor.page.url()).toBe(address);
  });

  it('opens none of them either when the panel itself asks', async () => {
    const panel = await RunbookPanel.open(editor.page, 'links.md');
    const before = await tabNames(editor.page);
    await forge(panel, ...[...HREFS, 'notes.md'].map((href) => ({ type: 'link', href })));
    await until(async () => (await notifications(editor.page)).some((text) => /was not opened/.test(text)), { what: 'a word about a link that was refused' });
    expect(await openedMeanwhile(before)).toEqual(['notes.md']);
  });

  describe('and forged messages', () => {
    let panel: RunbookPanel;
    let records: RunRecords;

    beforeAll(async () => {
      panel = await RunbookPanel.open(editor.page, 'forged.md');
      records = new RunRecords(workspace);
    });

    it('do nothing when they are malformed or unknown', async () => {
      const command = `touch ${MARK}`;
      const deep = JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) as unknown;
      await forge(
        panel, null, undefined, 0, '', command, [], {}, deep, { type: command }, { type: 'run' }, { type: 'run', action: 'exec', revision: 0, command },
        { type: 'step', action: 'run', stepId: 'do-it', revision: 0, text: command }, { type: 'step', action: 'run', stepId: command, revision: 0 }, { type: 'step', action: 'run', stepId: ['do-it'], revision: 0 },
        { type: 'step', action: 'constructor', stepId: 'do-it', revision: 0 }, { type: 'step', action: 'run', stepId: '__proto__', revision: 0 }, { type: 'run', action: 'startRun', revision: -1 },
        { type: 'run', action: 'startRun', revision: 1.5 }, { type: 'run', action: 'startRun', revision: '0' }, { type: 'run', action: 'startRun', revision: 1e9 }, { type: '__proto__', revision: 0 },
        { type: 'rollback', action: 'confirmRollback', level: 1, planId: 'forged', revision: 0 }, { type: 'rollback', action: 'confirmRollback', level: 1, planId: null, revision: 0 },
        { type: 'prompt', promptId: 'forged', answers: { command } }, { type: 'prompt', promptId: 'x', answers: { a: 'x'.repeat(1_000_000) } }, { type: 'source', line: 1e12 }, { type: 'fault', message: 'x'.repeat(1_000_000) },
        ...Array.from({ length: 500 }, (_, index) => ({ type: 'run', action: 'startRun', revision: index, [`key-${index}`]: command })),
      );
      await hostHasRead(panel);
      await nothingHappened();
      expect(records.bodies()).toEqual([]);
      await panel.step('Do it').getByText('echo done').waitFor();
    });

    it('of a run that is not there, or a revision that was never shown, run nothing', async () => {
      const revision = await shownRevision(panel);
      await forge(panel, { type: 'step', action: 'run', stepId: 'do-it', revision }, { type: 'run', action: 'runNext', revision }, { type: 'step', action: 'run', stepId: 'do-it', revision: revision + 100 });
      await hostHasRead(panel);
      await nothingHappened();
    });

    it('that repeat what a person pressed do not run it twice', async () => {
      await panel.start();
      await panel.runNext();
      await panel.waitForStep('Do it', /exit 0/);
      const pressed = (await sentMessages(panel)).filter(({ type, action }) => type === 'run' && action === 'runNext');
      expect(pressed).toHaveLength(1);
      await forge(panel, ...pressed, ...pressed, { type: 'step', action: 'run', stepId: 'do-it', revision: await shownRevision(panel) });
      await hostHasRead(panel);
      expect(records.started).toBe(1);
    });

    it('cannot answer a question that was not put, nor skip one', async () => {
      await forge(panel, { type: 'prompt', promptId: 'x', answers: {} });
      await forge(panel, { type: 'step', action: 'run', stepId: 'ask-first', revision: await shownRevision(panel) });
      await panel.frame.getByRole('dialog').filter({ visible: true }).getByText('Ask first').first().waitFor();
      expect(records.started).toBe(1);
      expect(marks(editor, outer, workspace)).toEqual([]);
    });
  });
});
