import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { launchBrowser, panelFrame, waitForWorkbench } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { runInExtensionHost } from '../harness/extensionHost.ts';
import { ensureEditorTools } from '../harness/install.ts';
import { REPOSITORY } from '../harness/vsix.ts';
import { openFile, runCommand } from '../harness/workbench.ts';
import { commandRunbook } from './documents.ts';
import { inTurns, type Pair, pairOf } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { RawTimes } from './rawTerminal.host.ts';
import type { SectionReport } from './report.ts';

const FILE = 'starts.runbook.md';
const OTHER = 'raw executeCommand';

/** Milliseconds from the wish to the command's first stamp, and from its last stamp to what is known of its end. */
interface Times {
  readonly start: number;
  readonly known: number;
  /** Until it is seen in the panel; the raw one shows nothing. */
  readonly shown: number;
}

/** From a click to a running process and from its exit to the record, beside the bare API in the same window. */
export async function startSection({ quick }: BenchOptions): Promise<SectionReport> {
  const rounds = quick ? 5 : 25;
  const workspace = await mkdtemp(join(tmpdir(), 'guided-runbooks-bench-'));
  const tools = await ensureEditorTools();
  const browser = await launchBrowser(tools.chromium);
  const ours: Times[] = [];
  const raw: Times[] = [];
  try {
    await writeFile(join(workspace, FILE), commandRunbook(rounds + 1, (index) => `date +%s%N > ours-${index}.begun\ndate +%s%N > ours-${index}.over`));
    const meanwhile = async (page: Page): Promise<void> => {
      try {
        const frame = await startRun(page);
        // The first of each makes the terminal ready and is not counted.
        await inTurns(rounds + 1, async () => ours.push(await runOurs(frame, workspace, ours.length)), async () => raw.push(await runRaw(workspace, raw.length)));
      } finally {
        await writeFile(join(workspace, 'stop'), '');
      }
    };
    const tests = join(import.meta.dirname, 'rawTerminal.host.ts');
    await runInExtensionHost({ tools, browser, extension: REPOSITORY, tests, server: { workspace }, timeoutMs: 600_000, meanwhile });
  } finally {
    await browser.close();
    await rm(workspace, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return report(ours.slice(1), raw.slice(1));
}

function report(ours: readonly Times[], raw: readonly Times[]): SectionReport {
  const figure = (name: string, of: (times: Times) => number, otherOf = of): Pair => pairOf({ name, otherName: OTHER }, ours.map(of), raw.map(otherOf));
  return {
    section: 'start',
    method:
      'A block of two `date +%s%N`, in turns in one window. Ours: from the click on “Run next step” to the first stamp, from the last stamp to the record (time of its file) and to the panel. ' +
      'Raw: from executeCommand in the extension host to the first stamp, from the last stamp to onDidEndTerminalShellExecution.',
    figures: [
      figure('click to process start', ({ start }) => start),
      figure('exit to recorded', ({ known }) => known),
      figure('exit to shown', ({ shown }) => shown, ({ known }) => known),
    ],
    notes: ['ours writes the start to disk first, checks the block, shows it, restores and keeps the environment; the raw call does none of it'],
  };
}

async function startRun(page: Page): Promise<FrameLocator> {
  await waitForWorkbench(page);
  await openFile(page, FILE);
  await runCommand(page, 'Runbook: Open as Panel');
  const frame = panelFrame(page);
  await frame.getByRole('button', { name: 'Start run' }).first().click();
  await frame.getByText(/started by/).first().waitFor();
  return frame;
}

async function runOurs(frame: FrameLocator, workspace: string, index: number): Promise<Times> {
  const watched = frame.locator('body').evaluate(
    (body, done) =>
      new Promise<{ readonly asked: number; readonly shown: number }>((resolve) => {
        let asked = 0;
        body.addEventListener('click', (event) => (asked = performance.timeOrigin + event.timeStamp), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (body.querySelectorAll('.step.status-done').length <= done) return;
          observer.disconnect();
          resolve({ asked, shown: performance.timeOrigin + performance.now() });
        });
        observer.observe(body, { subtree: true, childList: true, attributes: true });
      }),
    index,
  );
  await frame.getByRole('button', { name: 'Run next step' }).first().click();
  const { asked, shown } = await watched;
  const { begun, over } = await stamps(workspace, `ours-${index}`);
  return { start: begun - asked, known: (await recordedAt(workspace)) - over, shown: shown - over };
}

async function runRaw(workspace: string, index: number): Promise<Times> {
  await writeFile(join(workspace, `raw-${index}.go`), '');
  const path = join(workspace, `raw-${index}.json`);
  await until(() => existsSync(path), { what: 'the raw command to end', everyMs: 50 });
  const { asked, ended } = JSON.parse(await readFile(path, 'utf8')) as RawTimes;
  const { begun, over } = await stamps(workspace, `raw-${index}`);
  return { start: begun - asked, known: ended - over, shown: Number.NaN };
}

/** What the block wrote, in milliseconds since 1970. */
async function stamps(workspace: string, name: string): Promise<{ readonly begun: number; readonly over: number }> {
  const read = async (end: string): Promise<number> => Number((await readFile(join(workspace, `${name}.${end}`), 'utf8')).trim()) / 1e6;
  return { begun: await read('begun'), over: await read('over') };
}

/** When the record was last written to: the end of the command is its last line. */
async function recordedAt(workspace: string): Promise<number> {
  const runs = join(workspace, '.runbooks', 'runs');
  const files = (await readdir(runs, { recursive: true })).filter((name) => name.endsWith('.jsonl'));
  const times = await Promise.all(files.map(async (name) => (await stat(join(runs, name))).mtimeMs));
  return Math.max(...times);
}
