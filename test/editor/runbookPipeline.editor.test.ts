import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { runWhole } from '../harness/runWhole.ts';
import { REPOSITORY } from '../harness/vsix.ts';
import { DemoRun, pictureFailures } from './demoRun.ts';
import { PATIENCE_MS } from './demoStory.ts';
import { RunRecords } from './runRecord.ts';

const FILE = 'pipeline.runbook.md';
const WHOLE_MS = 360_000;
const CHECKS = ['tools', 'ready', 'proven', 'service', 'routes', 'database', 'content', 'regressions', 'status', 'history'];

describe('the deployment pipeline, on staging', () => {
  let run: DemoRun;
  let records: RunRecords;
  pictureFailures(() => run);

  const staging = async (command: string): Promise<string> => {
    const { code, output } = await run.demo.bash(`ORDERS_ENV=staging ${command}`);
    expect(code, output).toBe(0);
    return output;
  };
  /** What the command line says of staging, from the records alone. */
  const status = (): unknown => {
    const said = execFileSync(process.execPath, [join(REPOSITORY, 'dist/cli.js'), 'status', 'staging', '--json'], { cwd: run.demo.folder, encoding: 'utf8' });
    return (JSON.parse(said) as { details: { environments: unknown[] } }).details.environments[0];
  };
  const backups = (): string[] => readdirSync(run.demo.path('var/staging/var/backups')).sort();
  const runIds = (): string[] => readdirSync(run.demo.path('.runbooks/runs')).filter((name) => /^[0-9A-Z]{26}$/.test(name)).sort();

  beforeAll(async () => {
    run = await DemoRun.layOut('pipeline');
    records = new RunRecords(run.demo.folder);
  });
  afterAll(async () => {
    await run?.demo.bash('ops/stage --remove');
    await run?.end();
  });

  it('deploys a release from the first check to the tag; no backup is too many yet', async () => {
    await run.open(FILE);
    await runWhole(run.panel, { environment: 'staging' });
    expect(await staging('ops/check --release v2.1.0')).toContain('All 8 checks passed.');
    for (const step of CHECKS) expect(records.outcomes(step), step).toEqual([{ kind: 'exited', code: 0 }]);
    expect(records.outcomes('prune')).toMatchObject([{ kind: 'unneeded' }]);
    const [id = ''] = runIds();
    expect(await staging('ops/deployments')).toMatch(new RegExp(`verified  v2\\.1\\.0  commit \\w+  schema 2  run ${id}\n`));
    const commit = run.demo.git('rev-parse', `deployed/staging/${id}^{commit}`);
    expect(status()).toMatchObject({ release: { value: 'v2.1.0', run: { runId: id } }, commit: { value: commit }, schema: { value: '2' }, lastBackup: { name: backups()[0] }, unknownSince: null, runs: 1 });
    expect(run.demo.git('tag', '--list', 'deployed/*')).toBe(`deployed/staging/${id}`);
    expect(await run.demo.bash('ops/start && ops/check --release v1.0.0')).toMatchObject({ code: 0 });
  }, WHOLE_MS);

  it('deploys the same again: the older backup goes, after it was shown', async () => {
    const [first = ''] = backups();
    await runWhole(run.panel, {
      environment: 'staging',
      until: 'announced',
      before: async (stepId) => {
        if (stepId === 'put') await screenshot(run.editor.page, 'pipeline-pruned');
      },
    });
    expect(backups()).toHaveLength(1);
    expect(backups()).not.toContain(first);
    expect(records.outcomes('prune')).toMatchObject([{ kind: 'unneeded' }, { kind: 'exited', code: 0 }]);
    expect((await staging('ops/deployments')).match(/verified/g)).toHaveLength(2);
    expect(status()).toMatchObject({ release: { value: 'v2.1.0', run: { runId: runIds()[1] } }, backups: [{ name: backups()[0] }], runs: 2 });
  }, WHOLE_MS);

  /** Confirms the plan that is shown, and gives the one value that it asks for. */
  async function rollBackWith(level: number, name: string, value: string): Promise<void> {
    await run.panel.press(`Roll back to level ${String(level)}`);
    await run.question.locator(`[data-input="field:${name}"] input, input[data-input="field:${name}"]`).first().fill(value);
    await screenshot(run.editor.page, `pipeline-asked-${String(level)}`);
    await run.question.locator('[data-button=confirm]').click();
    await run.succeeded();
  }

  it('goes back to a version, which is asked for', async () => {
    await run.lookAt(2);
    await screenshot(run.editor.page, 'pipeline-level-2');
    await rollBackWith(2, 'VERSION', 'v1.0.0');
    expect(await staging('ops/check --release v1.0.0')).toContain('All 8 checks passed.');
    expect(await staging('ops/deployments')).toContain('rolled back to a version  v1.0.0');
    expect(status()).toMatchObject({ release: { value: 'v1.0.0' }, unknownSince: null });
  }, 2 * PATIENCE_MS);

  it('goes back to a commit with the data of the backup, which the plan names', async () => {
    const [backup = ''] = backups();
    expect(await staging('ops/traffic 20')).toContain('4 new orders');
    await run.lookAt(3);
    await run.sheet.getByText(backup).first().waitFor();
    await screenshot(run.editor.page, 'pipeline-level-3');
    await rollBackWith(3, 'COMMIT_TO_GO_BACK_TO', 'v2.1.0');
    expect(await staging('ops/check --release v2.1.0')).toContain('36 of 36');
    expect(backups()).toEqual([backup]);
    expect(status()).toMatchObject({ release: { value: 'v2.1.0' }, lastBackup: { name: backup }, unknownSince: null });
    await run.endRolledBack();
    await screenshot(run.editor.page, 'pipeline-rolled-back');
  }, 2 * PATIENCE_MS);
});
