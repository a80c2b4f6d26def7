import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../harness/browser.ts';
import { runInExtensionHost } from '../harness/extensionHost.ts';
import { ensureEditorTools } from '../harness/install.ts';
import { REPOSITORY } from '../harness/vsix.ts';
import { longRunbook } from './documents.ts';
import { pairOf } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { SectionReport } from './report.ts';
import type { WritingTimes } from './writing.host.ts';

const STEPS = 1_000;
const OTHER = 'Markdown Language Features';

/** What a keystroke in a long runbook waits for, beside the built-in Markdown extension. */
export async function writingSection({ quick }: BenchOptions): Promise<SectionReport> {
  const workspace = await mkdtemp(join(tmpdir(), 'guided-runbooks-bench-'));
  const tools = await ensureEditorTools();
  const browser = await launchBrowser(tools.chromium);
  try {
    const text = longRunbook(STEPS).replace('\n## Rollback\n', '\n**Deploy**:\n\n```bash {#deploy}\necho deploy\n```\n\n## Rollback\n');
    await mkdir(join(workspace, '.vscode'));
    await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify({ 'markdown.validate.enabled': true }));
    await writeFile(join(workspace, 'long.md'), text);
    await writeFile(join(workspace, 'long.runbook.md'), text);
    await writeFile(join(workspace, 'rounds'), String(quick ? 5 : 25));
    const tests = join(import.meta.dirname, 'writing.host.ts');
    const results = await runInExtensionHost({ tools, browser, extension: REPOSITORY, tests, server: { workspace }, timeoutMs: 600_000 });
    const failed = results.find(({ error }) => error !== undefined);
    if (failed !== undefined) throw new Error(failed.error);
    const { outline, completion, diagnostics } = JSON.parse(await readFile(join(workspace, 'figures.json'), 'utf8')) as WritingTimes;
    return {
      section: 'writing',
      method:
        `A document of ${String(STEPS)} steps under two names in one window: one that is a runbook, and one that only ${OTHER} knows. After each keystroke the editor's own commands are asked. ` +
        'Outline: the runbook has the outlines of both extensions, the other one only that of the built-in. Completion: of an id in requires= here, of a heading in a link there. Diagnostics: one keystroke in the runbook puts in a misspelt attribute and a link to nowhere; the time until each extension says so, its pause in typing included.',
      figures: [
        pairOf({ name: 'outline after a keystroke', otherName: `${OTHER} alone`, target: '<= 1' }, outline.ours, outline.other),
        pairOf({ name: 'completion after a keystroke', otherName: OTHER, target: '<= 1' }, completion.ours, completion.other),
        pairOf({ name: 'diagnostics after a keystroke', otherName: OTHER, target: '<= 1' }, diagnostics.ours, diagnostics.other),
      ],
      notes: [],
    };
  } finally {
    await browser.close();
    await rm(workspace, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
