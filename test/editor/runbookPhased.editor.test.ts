import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { runWhole } from '../harness/runWhole.ts';
import { DemoRun, pictureFailures } from './demoRun.ts';
import { RunRecords } from './runRecord.ts';

const FILE = 'phased.runbook.md';
const WHOLE_MS = 300_000;
const EVIDENCE = { accepted: 'https://example.org/acceptance/1' };

describe('the phased runbook, from an isolated copy to production', () => {
  let run: DemoRun;
  let records: RunRecords;
  pictureFailures(() => run);

  const lastEnd = (): unknown => records.bodies(FILE).findLast(({ type }) => type === 'run.ended');

  beforeAll(async () => {
    run = await DemoRun.layOut('phased');
    records = new RunRecords(run.demo.folder);
    await run.open(FILE);
  });

  afterAll(() => run?.end());

  it('is stopped at its tests by a release that brings no tests, with production untouched', async () => {
    await expect(runWhole(run.panel, { values: { RELEASE: 'v2.0.0' } })).rejects.toThrow(/v2\.0\.0 brings no (?:unit|integration) tests/);
    expect(await run.demo.version()).toMatchObject({ release: 'v1.0.0', bulkPricing: false, schema: 1 });
    await run.says('Run the unit tests', /v2\.0\.0 brings no unit tests/);
    await run.says('Run the integration tests', /v2\.0\.0 brings no integration tests/);
    await run.panel.press(/^More actions/);
    await run.panel.frame.getByRole('menuitem', { name: /^Abandon run…/ }).click();
    await run.panel.answer('It brings no tests', 'Abandon run');
    await run.panel.frame.getByRole('button', { name: /^Start a new run/ }).waitFor();
  });

  it('goes through all phases to every customer', async () => {
    await runWhole(run.panel, {
      watch: true,
      evidence: EVIDENCE,
      before: async (step) => {
        if (step === 'share-50') await screenshot(run.editor.page, 'phased-canary');
      },
    });
    expect(lastEnd()).toMatchObject({ outcome: 'completed' });
    expect(await run.demo.version()).toMatchObject({ release: 'v2.1.0', bulkPricing: true, schema: 2 });
    expect(await run.demo.metric('share')).toBe(100);
    expect((await run.demo.get('/orders/1')).status).toBe(200);
    expect(run.demo.git('tag', '--list', 'live-*')).toBe('live-v2.1.0');
    // Nothing of what was tried beside it is left.
    expect(run.demo.git('worktree', 'list')).not.toMatch(/staging|isolated\/v(?:1\.0|2\.1)/);
  }, WHOLE_MS);

  it('is taken back from the canary by level 2: the release before and its schema, every order kept', async () => {
    await run.demo.bash('set -e; ops/canary off; git checkout --quiet v1.0.0; ops/stop; ops/migrate to 1; ops/start');
    await runWhole(run.panel, { evidence: EVIDENCE, until: 'share-50' });
    expect(await run.demo.metric('share')).toBe(10);
    const before = await run.orders();
    await run.lookAt(2);
    await run.sheet.getByText('budget 15 minutes').waitFor();
    await screenshot(run.editor.page, 'phased-plan');
    await run.confirm(2);
    // The verification places four orders.
    await run.expectService({ release: 'v1.0.0', bulkPricing: false, schema: 1, orders: before + 4 });
    await run.endRolledBack();
    expect(lastEnd()).toMatchObject({ outcome: 'rolled-back' });
    expect(readFileSync(run.demo.path('.env'), 'utf8')).toContain('BULK_PRICING=off\n');
  }, WHOLE_MS);
});
