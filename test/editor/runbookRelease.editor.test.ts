import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { DemoWorkspace } from '../contract/demoWorkspace.ts';
import { screenshot } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { runWhole } from '../harness/runWhole.ts';
import { REPOSITORY, VSIX } from '../harness/vsix.ts';
import { openFile } from '../harness/workbench.ts';
import { PATIENCE_MS } from './demoStory.ts';
import { RunbookPanel } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const file = (name: string): string => `release/${name}.runbook.md`;

/** Runs the package of runbooks/release for real, with two of them started from the first and one from its dock. */
describe('the four runbooks of a release', { timeout: 600_000 }, () => {
  let demo: DemoWorkspace;
  let editor: Editor;
  let panel: RunbookPanel;
  let records: RunRecords;
  const member = (title: string): Locator => panel.frame.getByRole('navigation', { name: 'Package' }).getByRole('button', { name: new RegExp(`^Open ${title}`) });
  const dialog = (): Locator => panel.frame.locator('dialog[open]');
  const shows = (title: string): Promise<void> => panel.frame.getByRole('heading', { level: 1, name: title, exact: true }).first().waitFor({ timeout: PATIENCE_MS });
  const goTo = async (link: Locator, title: string): Promise<void> => {
    await link.click();
    await shows(title);
  };
  const start = (name: string): RunEventBody | undefined => records.bodies(file(name)).find(({ type }) => type === 'run.started');
  const requested = (name: string): readonly string[] => records.bodies(file(name)).flatMap((body) => (body.type === 'values.taken' ? body.values.map((value) => value.name) : []));

  beforeAll(async () => {
    demo = await DemoWorkspace.layOut('release');
    records = new RunRecords(demo.folder);
    editor = await startEditor({ workspace: demo.folder, extensions: [VSIX] });
    panel = new RunbookPanel(editor.page);
  });

  afterAll(async () => {
    await editor?.dispose();
    await demo?.end();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && editor !== undefined) await screenshot(editor.page, 'failed-release');
  });

  it('the checklist goes up to where the others are needed', async () => {
    await openFile(editor.page, 'checklist.runbook.md');
    await shows('Release checklist');
    await panel.frame.getByRole('button', { name: /^Roll back, level 3 · Full restore, .*in Rollback procedures/ }).waitFor();
    await runWhole(panel, { environment: 'production', until: 'watched' });
    expect(await demo.version()).toMatchObject({ release: 'v2.1.0', schema: 2 });
    for (const title of ['Post-deployment verification', 'Monitoring guide', 'Rollback procedures']) await member(`${title}: not started`).waitFor();
  });

  it('the monitoring guide is a part of it, and measures', async () => {
    await goTo(member('Monitoring guide'), 'Monitoring guide');
    await runWhole(panel, { watch: true, until: 'note' });
    await panel.frame.locator('.notice').getByText('Watching 3 monitors.').waitFor();
    expect(start('monitoring')).toMatchObject({ partOf: { file: file('checklist') }, environment: { name: 'production', confirm: 'production' } });
    await screenshot(editor.page, 'package-monitoring');
  });

  it('the verification knows the release and what was measured before', async () => {
    await goTo(member('Release checklist'), 'Release checklist');
    await runWhole(panel, { until: 'verified-canary' });
    await goTo(panel.frame.getByRole('link', { name: 'immediate verification' }), 'Post-deployment verification');
    await panel.press('Start run');
    await dialog().getByText('Part of the run of “Release checklist”').waitFor();
    const page = await dialog().innerText();
    for (const words of ['environment production', 'RELEASE = v2.1.0', 'PREVIOUS = v1.0.0', 'ORDERS_BEFORE = 36', 'ADDRESS = http://127.0.0.1:']) expect(page).toContain(words);
    await screenshot(editor.page, 'package-start-page');
    await dialog().locator('[data-input="confirm:production"]').locator('input').fill('production');
    await dialog().getByRole('button', { name: 'Start on production', exact: true }).click();
    await panel.frame.getByText(/started by you/).first().waitFor();
    await runWhole(panel, { until: 'bulk-order' });
    await panel.waitForStep('No order is missing', /exit 0/);
    expect(start('verification')).toMatchObject({ partOf: { file: file('checklist') }, inputs: [{ name: 'RELEASE', value: 'v2.1.0' }] });
    expect(requested('verification')).toEqual(expect.arrayContaining(['RELEASE', 'ADDRESS', 'ORDERS_BEFORE']));
  });

  it('a level of the dock is carried out in the rollback procedures', async () => {
    await goTo(member('Release checklist'), 'Release checklist');
    await member('Post-deployment verification: 3 of').waitFor();
    await panel.press(/^Roll back, level 2 · Code back/);
    await shows('Rollback procedures');
    const sheet = panel.frame.locator('.sheet.rollback');
    await sheet.getByText('git checkout "$PREVIOUS"').first().waitFor({ timeout: PATIENCE_MS });
    await dialog().locator('[data-input="confirm:production"]').locator('input').fill('production');
    await dialog().getByRole('button', { name: 'Start on production', exact: true }).click();
    await panel.frame.getByText(/started by you/).first().waitFor();
    await screenshot(editor.page, 'package-plan');
    await panel.press('Roll back to level 2');
    await sheet.getByText('Every command of this level has succeeded.').waitFor({ timeout: PATIENCE_MS });
    expect(await demo.version()).toMatchObject({ release: 'v1.0.0', schema: 1 });
    expect(demo.git('describe', '--tags')).toBe('v1.0.0');
    expect(start('rollback')).toMatchObject({ partOf: { file: file('checklist') }, inputs: [{ name: 'PREVIOUS', value: 'v1.0.0' }] });
  });

  it('the checklist says so, is ended with a reason, and its report tells all of it', async () => {
    await goTo(member('Release checklist'), 'Release checklist');
    await member('Rollback procedures: rolled back, level 2').waitFor();
    const notice = panel.frame.locator('.notice').filter({ hasText: 'Rolled back in “Rollback procedures”: level 2' });
    await notice.getByRole('button', { name: /^Abandon run/ }).waitFor();
    await screenshot(editor.page, 'package-rolled-back');
    await notice.getByRole('button', { name: /^Abandon run/ }).click();
    await panel.answer('rolled back to v1.0.0', 'Abandon run');
    await panel.frame.getByText(/abandoned \d\d:\d\d/).first().waitFor({ timeout: PATIENCE_MS });
    await member('Rollback procedures: rolled back, level 2').waitFor();
    const runs = join(demo.folder, '.runbooks', 'runs');
    const [root = ''] = readdirSync(runs).sort();
    const cli = (...args: readonly string[]): string => execFileSync(process.execPath, [join(REPOSITORY, 'dist', 'cli.js'), ...args], { cwd: demo.folder, encoding: 'utf8' });
    const report = cli('report', root);
    const parts = /## Runs that are part of it\n\n((?:- .*\n)+)/.exec(report)?.[1]?.trim().split('\n') ?? [];
    expect(parts.map((line) => line.replace(/^- ([^:]+):.*/, '$1'))).toEqual(['Monitoring guide', 'Post-deployment verification', 'Rollback procedures']);
    expect(parts[2]).toContain('Level 2: Code back: succeeded');
    expect(cli('runs').split('\n').filter((line) => line.includes(`(part of run ${root.slice(-4)} of ${file('checklist')})`))).toHaveLength(3);
  });
});
