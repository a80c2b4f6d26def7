import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { runWhole } from '../harness/runWhole.ts';
import { agreeAs } from './agreeing.ts';
import { DemoRun, eventually, pictureFailures } from './demoRun.ts';
import { PATIENCE_MS } from './demoStory.ts';
import { RunRecords } from './runRecord.ts';

const RUNBOOK = { file: 'rollout.runbook.md', title: 'Roll out bulk pricing by shares of the customers' };
const WHOLE_MS = 420_000;

/** Who agrees to what the runbook reserves for others: the words of the step's title. */
const RESERVED: Readonly<Record<string, string>> = {
  'qa-shadow': 'the differences are the ones that were meant',
  go: 'every validation above is green',
};

describe('the rollout by shares of the customers', () => {
  let run: DemoRun;
  let records: RunRecords;
  pictureFailures(() => run);

  beforeAll(async () => {
    run = await DemoRun.layOut('rollout');
    records = new RunRecords(run.demo.folder);
  });
  afterAll(() => run?.end());

  it('goes from the shadow to everybody, and others agree on the way', async () => {
    await run.open(RUNBOOK.file);
    await runWhole(run.panel, {
      environment: 'production',
      watch: true,
      evidence: { tested: 'https://example.org/tests/v2.1.0' },
      agree: (stepId) => agreeAs(run, RUNBOOK, { name: 'Mary Somerville', email: 'mary@example.org' }, RESERVED[stepId] ?? ''),
      before: async (stepId) => {
        if (stepId === 'fifty-ready') await screenshot(run.editor.page, 'rollout-half-way');
      },
      until: 'told-after',
    });
    expect(await run.demo.version()).toMatchObject({ release: 'v2.1.0', bulkPricing: true });
    expect(await run.demo.metric('share')).toBe(100);
    for (const step of ['none-dearer', 'shadow-rates', 'ten-rates', 'fifty-rates', 'hundred-rates', 'hundred-load']) {
      expect(records.outcomes(step), step).toEqual([{ kind: 'exited', code: 0 }]);
    }
    expect(records.bodies().filter(({ type }) => type === 'approval.given')).toHaveLength(2);
    expect(run.demo.git('status', '--porcelain', '--', '.', ':(exclude).runbooks')).toBe('');
  }, WHOLE_MS);

  it('an alarm fires from the metrics of the service, and runs nothing', async () => {
    expect(await run.demo.bash('ops/fault on')).toMatchObject({ code: 0 });
    // More than a twentieth of the last minute's requests; what was asked before still counts.
    await eventually('the error rate to be above its limit', async () => {
      await run.demo.bash('ops/traffic 40');
      return (await run.demo.metric('error_rate')) > 5;
    });
    await run.panel.frame.locator('.notice').getByText(/Error rate > 5 % for 6 s: has held since .*advises rollback level 1/).waitFor({ timeout: PATIENCE_MS });
    await run.panel.frame.getByRole('button', { name: /Roll back, level 1 .*advised/ }).waitFor();
    await screenshot(run.editor.page, 'rollout-alarm');
    const bodies = records.bodies();
    expect(bodies.filter(({ type }) => type === 'trigger.fired')).toMatchObject([{ level: 1 }]);
    expect(bodies.filter(({ type }) => type === 'rollback.started')).toEqual([]);
    expect(await run.demo.metric('share')).toBe(100);
  }, 2 * PATIENCE_MS);

  it('is acted on: nobody gets the new price, every order is there, and the alarm ends', async () => {
    await run.lookAt(1);
    expect((await run.planned())[0]).toBe('ops/canary off');
    await run.sheet.getByText('budget 2 minutes').waitFor();
    await run.confirm(1);
    expect(await run.demo.version()).toMatchObject({ release: 'v2.1.0', bulkPricing: false });
    expect((await run.demo.get('/orders/1')).status).toBe(200);
    await eventually('the alarm to end', () => records.bodies().some(({ type }) => type === 'trigger.cleared'));
    await run.endRolledBack();
    await screenshot(run.editor.page, 'rollout-rolled-back');
    expect(records.bodies().filter(({ type }) => type === 'run.ended')).toMatchObject([{ outcome: 'rolled-back' }]);
  }, 2 * PATIENCE_MS);
});
