import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { statusBarTexts } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const SECRET = 'hunter2-"$(touch P)"';
/** Hostile to a shell from the first character to the last. */
const HOSTILE = "'; touch P #$(touch P)`touch P`";
const print = (file: string): string => `printenv WHERE NAME TOKEN > ${file}; echo "token $TOKEN"; printf '%s' "ada:$TOKEN" | base64; sleep 1`;
const RUNBOOK = `---
runbook: 1
environments:
  staging: { env: { WHERE: "http://staging" } }
  production: { branch: main, clean: true, confirm: production, env: { WHERE: "http://production" } }
inputs:
  NAME: { description: Who it is for }
  TOKEN: { secret: true }
---
# Places

**Print it**:

\`\`\`bash {#print}
${print('"seen-${WHERE##*/}"')}
\`\`\`

## Rollback

### Level 1: Back

\`\`\`bash
${print('"back-${WHERE##*/}"')}
\`\`\`
`;

describe('a runbook with environments, inputs and a secret', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  let records: RunRecords;
  const dialog = (): Locator => panel.frame.getByRole('dialog').filter({ visible: true });
  const fill = (name: string, text: string): Promise<void> => dialog().locator(`[data-input="${name}"]`).locator('input').or(dialog().locator(`input[data-input="${name}"]`)).fill(text);
  const confirm = (label: string): Promise<void> => dialog().getByRole('button', { name: label, exact: true }).click();
  const git = (...words: readonly string[]): void => void execFileSync('git', words, { cwd: workspace });
  const read = (name: string): string => readFileSync(join(workspace, name), 'utf8');

  /** Everything below a folder that holds a text, in any of the forms in which it is masked. */
  const holding = (folder: string): readonly string[] => {
    const forms = [SECRET, JSON.stringify(SECRET).slice(1, -1), Buffer.from(`ada:${SECRET}`).toString('base64'), Buffer.from(SECRET).toString('base64')];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => {
        const text = readFileSync(file, 'latin1');
        return forms.some((form) => text.includes(form));
      });
  };

  async function choose(environment: string): Promise<void> {
    await panel.press(/^Start (?:run|a new run)/);
    await dialog().locator('select').selectOption(environment);
    await confirm('Next');
    await dialog().getByText(`on ${environment}`).first().waitFor();
  }

  beforeAll(async () => {
    workspace = await workspaceWith({ 'places.runbook.md': RUNBOOK, '.gitignore': 'seen-*\nback-*\n' });
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Ada Lovelace');
    git('config', 'user.email', 'ada@example.org');
    git('add', '.');
    git('commit', '-qm', 'one');
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('asks where it goes; values reach commands as they are and make nothing', async () => {
    panel = await RunbookPanel.open(editor.page, 'places.runbook.md');
    await choose('staging');
    await fill('input:NAME', HOSTILE);
    await fill('input:TOKEN', SECRET);
    await confirm('Start run');
    await panel.frame.getByText(/started by you/).first().waitFor();
    await panel.frame.locator('.env').getByText('staging').waitFor();
    await panel.runNext();
    await panel.waitForStep('Print it', /exit 0/);
    expect(read('seen-staging')).toBe(`http://staging\n${HOSTILE}\n${SECRET}\n`);
    expect(existsSync(join(workspace, 'P'))).toBe(false);
  });

  it('rolls back with the same values', async () => {
    await panel.press(/^Roll back, level 1/);
    await panel.press(/^Roll back to level 1/);
    await until(() => existsSync(join(workspace, 'back-staging')) && read('back-staging').endsWith(`${SECRET}\n`), { what: 'the rollback’s output' });
    await panel.press('End run as rolled back');
    await panel.frame.getByText(/Start a new run/).first().waitFor();
    expect(read('back-staging')).toBe(`http://staging\n${HOSTILE}\n${SECRET}\n`);
  });

  it('production is checked, confirmed by its word, and wears a banner', async () => {
    git('checkout', '-q', '-b', 'other');
    await choose('production');
    await dialog().getByText(/Branch other is checked out, and the runbook expects main/).waitFor();
    await dialog().getByText('No uncommitted changes.').waitFor();
    await fill('input:NAME', '-rf');
    await fill('input:TOKEN', SECRET);
    await fill('reason', 'production is down');
    await fill('confirm:production', 'production');
    await confirm('Start on production');
    await dialog().getByText(/NAME begins with/).waitFor();
    await fill('input:NAME', 'all');
    await confirm('Start on production');
    await panel.frame.locator('.banner').getByText('Every command of this run acts on production.').waitFor();
    await until(async () => (await statusBarTexts(editor.page)).some((text) => text.includes('[production]')), { what: 'the status bar to name the environment' });
    await panel.runNext();
    await panel.waitForStep('Print it', /exit 0/);
    expect(read('seen-production')).toBe(`http://production\nall\n${SECRET}\n`);
    const starts = records.bodies().filter((body) => body.type === 'run.started');
    expect(starts.map(({ environment, preflightReason }) => [environment?.name, preflightReason])).toEqual(expect.arrayContaining([['staging', undefined], ['production', 'production is down']]));
  });

  it('the secret is in nothing that was written, and what printed it is masked', async () => {
    await panel.press('Show terminal');
    const ended = await until(
      () => {
        const found = records.bodies().flatMap((body) => (body.type === 'command.ended' ? [body] : []));
        return found.length === 3 && found;
      },
      { what: 'the ends of three commands' },
    );
    // On a busy machine the last words of a command may come too late to be recorded; what came is masked.
    const heard = ended.map(({ outputTail }) => outputTail ?? '').filter((tail) => tail !== '');
    expect(heard.length).toBeGreaterThan(0);
    for (const tail of heard) expect(tail).toMatch(/^token \[redacted\]\nYWRhO\[redacted\]$/);
    expect(holding(join(workspace, '.runbooks'))).toEqual([]);
    expect(holding(editor.server.folders.userData)).toEqual([]);
    expect(readFileSync(editor.server.folders.log, 'utf8')).not.toContain('hunter2');
    expect(await panel.frame.locator('html').evaluate((page) => page.outerHTML.includes('hunter2'))).toBe(false);
    expect(existsSync(join(workspace, 'P'))).toBe(false);
  });
});
