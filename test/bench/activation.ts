import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { reloadWorkbench } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { startEditor } from '../harness/editor.ts';
import { ensureServerTools, type ServerTools } from '../harness/install.ts';
import { REPOSITORY, VSIX } from '../harness/vsix.ts';
import { closeAllEditors, openFile, runCommand } from '../harness/workbench.ts';
import { longRunbook } from './documents.ts';
import { type Figure, inTurns, type Pair, pairOf } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { SectionReport } from './report.ts';

const OURS = 'Guided Runbooks';
const PREVIEW = 'Markdown Language Features';
/** Others that every window activates, where the editor has them. */
const OTHERS = ['Git', 'Emmet'] as const;

/** What opening the first Markdown file costs the extension host. */
export async function activationSection({ quick }: BenchOptions): Promise<SectionReport> {
  const reported = await reportedTimes(quick ? 3 : 9);
  const at = (name: string): number[] => reported.map((times) => times.get(name) ?? Number.NaN);
  const activated = (name: string, target?: string): Pair =>
    pairOf({ name: `activation beside ${name}`, otherName: name, ...(target === undefined ? {} : { target }) }, at(OURS), at(name));
  const everywhere = OTHERS.filter((name) => reported.every((times) => times.has(name)));
  const figures: Figure[] = [activated(PREVIEW, '<= 1'), ...everywhere.map((name) => activated(name)), ...(await evaluation(quick ? 5 : 15))];
  return {
    section: 'activation',
    method:
      'Activation as "Developer: Show Running Extensions" tells it (loading the code and the call of activate), in a fresh extension host for each round, a Markdown file open. Evaluation: require() of the bundle in a fresh process of the editor\'s Node, with a stand-in for vscode.',
    figures,
    notes: ['dist/extension.js is what activation loads; dist/engine.js follows when the first runbook is opened'],
  };
}

/** Milliseconds by extension, for each of `rounds` fresh extension hosts. */
async function reportedTimes(rounds: number): Promise<readonly ReadonlyMap<string, number>[]> {
  await using editor = await startEditor({ extensions: [VSIX] });
  const { page, server } = editor;
  await writeFile(join(server.workspace, 'long.md'), longRunbook(100));
  const all: ReadonlyMap<string, number>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await reloadWorkbench(page);
    await openFile(page, 'long.md');
    all.push(await runningExtensions(page));
    await closeAllEditors(page);
  }
  return all;
}

/** The editor's own list of activated extensions with their times, once ours and the preview's are in it. */
async function runningExtensions(page: Page): Promise<ReadonlyMap<string, number>> {
  return until(
    async () => {
      await runCommand(page, 'Developer: Show Running Extensions');
      const rows = page.locator('.runtime-extensions-editor .monaco-list-row');
      await rows.first().waitFor();
      const times = new Map<string, number>();
      for (const text of await rows.allInnerTexts()) {
        const name = text.trim().split('\n')[0] ?? '';
        const milliseconds = /Activation: (\d+)ms/.exec(text)?.[1];
        if (milliseconds !== undefined) times.set(name, Number(milliseconds));
      }
      if (times.has(OURS) && times.has(PREVIEW)) return times;
      await runCommand(page, 'View: Close Editor');
      return undefined;
    },
    { what: 'both extensions in the list of running ones', timeoutMs: 60_000 },
  );
}

/** Our two bundles and both together, each in turns with the bundle of the built-in preview. */
async function evaluation(rounds: number): Promise<readonly Pair[]> {
  const tools = await ensureServerTools();
  const preview = join(tools.codeServer, '..', '..', '..', 'lib', 'vscode', 'extensions', 'markdown-language-features', 'dist', 'extension.js');
  const pairs: Pair[] = [];
  for (const [file, target] of [['extension.js', '<= 1'], ['engine.js', '<= 1']] as const) {
    const taken = await inTurns(rounds, () => evaluated(tools, join(REPOSITORY, 'dist', file)), () => evaluated(tools, preview));
    pairs.push(pairOf({ name: `evaluating dist/${file}`, otherName: `${PREVIEW}' bundle`, target }, taken.ours, taken.other));
  }
  return pairs;
}

async function evaluated({ node }: ServerTools, file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(node, [join(import.meta.dirname, 'evaluate.cjs'), file]);
  return Number(stdout);
}
