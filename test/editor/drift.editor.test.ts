import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const FILE = 'ship.runbook.md';
const step = (title: string, command: string): string => `**${title}**:\n\n\`\`\`bash {#${title.toLowerCase().replaceAll(' ', '-')}}\n${command}\n\`\`\`\n\n`;
const text = (build: string, send: string, more = ''): string => `# Ship\n\n- [ ] Tell them <!-- {#tell} -->\n\n${step('Build it', build)}${step('Send it', send)}${step('Look at it', 'true')}${more}`;
const AT_START = text('true', 'echo first');
const EDITED = text('echo built', 'echo second', '- [ ] Thank them <!-- {#thank} -->\n');

const sha256 = (words: string): string => createHash('sha256').update(words).digest('hex');

let workspace: string;
let editor: Editor;
let panel: RunbookPanel;
let records: RunRecords;

beforeAll(async () => {
  workspace = await workspaceWith({ [FILE]: AT_START });
  git('init', '--quiet', '--initial-branch=main');
  commit('as it was');
  git('checkout', '--quiet', '-b', 'edited');
  writeFileSync(join(workspace, FILE), text('echo built', 'echo third', '- [ ] Thank them <!-- {#thank} -->\n'));
  commit('edited elsewhere');
  git('checkout', '--quiet', 'main');
  records = new RunRecords(workspace);
  editor = await startEditor({ workspace, extensions: [VSIX] });
  panel = await RunbookPanel.open(editor.page, FILE);
  await panel.start();
  await panel.tick('Tell them');
  await panel.waitForStep('Tell them', /you · /);
  await panel.pressAt('Build it', /^Run/);
  await panel.waitForStep('Build it', /exit 0 · /);
});

afterAll(async () => {
  await editor?.dispose();
  await removeWorkspace(workspace);
});

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: workspace, stdio: 'pipe' });
}

function commit(message: string): void {
  git('add', FILE);
  git('commit', '--quiet', '-m', message);
}

const question = (): Locator => panel.frame.getByRole('dialog').filter({ visible: true });
const bodies = <T extends RunEventBody['type']>(type: T): Extract<RunEventBody, { type: T }>[] => records.bodies().flatMap((body) => (body.type === type ? [body as Extract<RunEventBody, { type: T }>] : []));

/** The folder of the one run. */
function runFolder(): string {
  const runs = join(workspace, '.runbooks', 'runs');
  return join(runs, readdirSync(runs)[0] ?? '');
}

/** Reads the difference in the question that is open, and goes on. */
async function acknowledge(confirm: string): Promise<void> {
  await question().getByRole('checkbox', { name: /I have read what was edited here/ }).click();
  await question().getByRole('button', { name: confirm, exact: true }).click();
}

describe('a runbook that is edited during its run', () => {
  it('says what has become of it, and shows the difference at the step', async () => {
    writeFileSync(join(workspace, FILE), EDITED);
    await panel.waitForStep('Send it', 'changed since the run started');
    await panel.waitForStep('Thank them', 'added since the run started');
    await panel.frame.locator('.notice').getByText(/2 steps changed, 1 step added/).waitFor();
    expect(await panel.step('Look at it').getByText(/since the run started/).count()).toBe(0);
    await panel.step('Send it').getByText('Show difference').click();
    const lines = panel.step('Send it').locator('.difference-line');
    await lines.first().waitFor();
    expect((await lines.allTextContents()).filter((line) => /^[-+]/.test(line))).toEqual(['-removed:     echo first', '+added:     echo second']);
  });

  it('a step that was not touched runs without a question', async () => {
    await panel.pressAt('Look at it', /^Run/);
    await panel.waitForStep('Look at it', /exit 0 · /);
    expect(bodies('drift.acknowledged')).toEqual([]);
  });

  it('an edited step is read first, and the record says so before it says that it ran', async () => {
    const { started } = records;
    await panel.pressAt('Send it', /^Run/);
    await question().locator('.difference-line.added').getByText('echo second').waitFor();
    expect(records.started).toBe(started);
    await acknowledge('Run');
    await panel.waitForStep('Send it', /exit 0 · /);
    expect(bodies('drift.acknowledged')).toMatchObject([{ subject: { kind: 'step', stepId: 'send-it' } }]);
    const types = records.bodies().map((body) => (body.type === 'command.started' ? body.text.trim() : body.type));
    expect(types.indexOf('drift.acknowledged')).toBeLessThan(types.indexOf('echo second'));
    await panel.waitForStep('Send it', 'changed since the run started, acknowledged');
  });

  it('the text at the start stands beside the present one in the editor’s own comparison', async () => {
    await runCommand(editor.page, 'Runbook: Show Changes Since Start');
    const comparison = editor.page.locator('.diff-editor, .monaco-diff-editor').first();
    await comparison.waitFor();
    await editor.page.locator('.tab.active').filter({ hasText: 'since the run’s start' }).waitFor();
    await comparison.getByText('first').first().waitFor();
    await comparison.getByText('second').first().waitFor();
    await runCommand(editor.page, 'View: Close Editor');
    await panel.steps.first().waitFor();
  });

  it('a rebase shows its plan, takes the new text, and keeps both', async () => {
    await panel.frame.locator('.notice').getByRole('button', { name: /^Rebase run/ }).click();
    await question().getByText('Becomes open, because its content is another').waitFor();
    expect(await question().locator('li').allInnerTexts()).toEqual(['Build it', 'Thank them', 'Tell them', 'Send it', 'Look at it']);
    expect(bodies('run.rebased')).toEqual([]);
    await question().getByRole('button', { name: 'Rebase run', exact: true }).click();
    await panel.frame.locator('.notice').getByText(/was edited during this run/).waitFor({ state: 'detached' });
    expect(bodies('run.rebased')).toEqual([{ type: 'run.rebased', fromSha256: sha256(AT_START), textSha256: sha256(EDITED), renamed: [], reopened: ['build-it'], kept: [] }]);
    // It ran with the very text that is taken.
    await panel.waitForStep('Send it', /exit 0 · /);
    expect(readFileSync(join(runFolder(), 'runbook.md'), 'utf8')).toBe(AT_START);
    expect(readFileSync(join(runFolder(), `runbook.${sha256(EDITED)}.md`), 'utf8')).toBe(EDITED);
    await panel.pressAt('Build it', /^Run/);
    await panel.waitForStep('Build it', /exit 0 · /);
    expect(records.outcomes('build-it')).toHaveLength(2);
  });
});

describe('a runbook that git changes on disk during its run', () => {
  it('is told like one that was typed: the step asks again, and may be rebased again', async () => {
    git('checkout', '--quiet', '--force', 'edited');
    await panel.waitForStep('Send it', 'changed since the rebase');
    await panel.pressAt('Send it', /^Run again/);
    await question().locator('.difference-line.removed').getByText('echo second').waitFor();
    await question().locator('.difference-line.added').getByText('echo third').waitFor();
    await acknowledge('Run again');
    await expect.poll(() => records.outcomes('send-it').filter((outcome) => outcome !== null).length, { timeout: 30_000 }).toBe(2);
    expect(bodies('drift.acknowledged')).toHaveLength(2);
    await runCommand(editor.page, 'Runbook: Rebase Run…');
    await question().getByRole('button', { name: 'Rebase run', exact: true }).click();
    await expect.poll(() => bodies('run.rebased').length, { timeout: 30_000 }).toBe(2);
    expect(existsSync(join(runFolder(), `runbook.${sha256(readFileSync(join(workspace, FILE), 'utf8'))}.md`))).toBe(true);
  });

  it('of which a step that ran is gone: the rebase is refused and says which', async () => {
    writeFileSync(join(workspace, FILE), `# Ship\n\n${step('Build it', 'echo built')}`);
    await panel.frame.locator('.notice').getByText(/steps gone/).waitFor();
    await panel.frame.locator('.notice').getByRole('button', { name: /^Rebase run/ }).click();
    await panel.frame.getByText(/The run was not rebased: .*“Send it”/).first().waitFor();
    expect(bodies('run.rebased')).toHaveLength(2);
  });
});
