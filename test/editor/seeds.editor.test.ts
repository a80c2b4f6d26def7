import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { screenshot } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { REPOSITORY, VSIX } from '../harness/vsix.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

/** Real deployment plans that are not part of this repository. */
const SEEDS = join(REPOSITORY, '..', 'shared', 'seeds');
const names = existsSync(SEEDS) ? readdirSync(SEEDS).filter((name) => name.endsWith('.txt')).sort() : [];
const text = (name: string): string => readFileSync(join(SEEDS, name), 'utf8');

describe.runIf(names.length > 0)('real deployment plans, as they are', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith(Object.fromEntries(names.map((name) => [name.replace(/\.txt$/, '.md'), text(name)])));
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it.each(names)('%s opens with all its steps', async (name) => {
    const runbook = parseRunbook(text(name));
    const panel = await RunbookPanel.open(editor.page, name.replace(/\.txt$/, '.md'));
    await panel.frame.getByText(runbook.title).first().waitFor();
    expect(await panel.steps.count()).toBe(runbook.blocks.filter((block) => block.kind === 'step').length);
    expect(await panel.frame.locator('.block.broken').count()).toBe(0);
    await screenshot(editor.page, `seed-${name.slice(0, 3)}`);
  });
});

describe.runIf(names.length === 0)('real deployment plans', () => {
  it('are not beside this checkout (../shared/seeds), so they are not opened', () => {
    expect(names).toEqual([]);
  });
});
