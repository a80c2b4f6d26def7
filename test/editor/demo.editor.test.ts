import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { terminalNames } from '../harness/terminal.ts';
import { DemoRun, eventually, pictureFailures } from './demoRun.ts';
import { PATIENCE_MS } from './demoStory.ts';
import { RunRecords } from './runRecord.ts';

/** Steps of a command that need nothing but "Run next step", and what comes next. */
const PREFLIGHT = ['Check the tools', 'Start v1', 'Choose the release', 'Check that the work tree', 'Check that v1 is healthy', 'Make the backup', 'Check that the backup can be read', 'The support channel knows'];
const DEPLOY = ['Check out the release', 'Migrate the database', 'Restart on v2', 'Send some traffic and check', 'The log has no new errors'];

describe('the demo, step by step', () => {
  let run: DemoRun;
  pictureFailures(() => run);

  beforeAll(async () => {
    run = await DemoRun.layOut();
  });

  afterAll(() => run?.end());

  /** Runs the steps one by one; the last of the list is only expected to come into sight. */
  async function runEach(titles: readonly string[]): Promise<void> {
    for (const [index, title] of titles.slice(0, -1).entries()) {
      await run.panel.runNext();
      await run.done(title);
      const next = titles[index + 1] ?? '';
      await eventually(`“${next}” to be in sight after “${title}”`, () => run.isInSight(next));
    }
  }

  it('opens as a panel, and nothing has run', async () => {
    await run.open();
    await run.panel.frame.getByRole('heading', { name: 'Deploy orders v2.0.0' }).first().waitFor();
    expect(await terminalNames(run.editor.page)).toEqual([]);
    expect(run.demo.git('status', '--porcelain')).toBe('');
  });

  it('goes through the pre-flight, with the next step always in sight and the keyboard left in the panel', async () => {
    await run.start();
    await runEach(PREFLIGHT);
    expect(await run.editor.page.evaluate(() => document.activeElement?.localName)).toBe('iframe');
    expect(await run.demo.version()).toMatchObject({ release: 'v1.0.0', bulkPricing: false });
    await run.panel.tick('The support channel knows');
    await run.says('The support channel knows', /you · /);
  });

  it('does not go past the decision by itself', async () => {
    await run.panel.frame.getByRole('button', { name: /^Run next step, not available: The next step is a decision/ }).waitFor();
    await run.panel.pressAt('every check above is green', 'Go');
    await run.says('every check above is green', /Go · you/);
  });

  it('deploys v2: the release that one step exported reaches the step that checks it out', async () => {
    await runEach(DEPLOY);
    expect(run.demo.git('describe', '--tags')).toBe('v2.0.0');
    expect(await run.demo.version()).toMatchObject({ release: 'v2.0.0', bulkPricing: false, schema: 2 });
    await run.panel.tick('The log has no new errors');
    await run.says('The log has no new errors', /you · /);
  });

  it('asks before the feature goes on, and does nothing when the answer is no', async () => {
    await run.panel.runNext();
    expect(await run.question.locator('pre').innerText()).toContain('ops/flag BULK_PRICING on');
    await run.question.getByRole('button', { name: 'Cancel' }).click();
    await run.question.waitFor({ state: 'detached' });
    expect(run.demo.read('.env')).toContain('BULK_PRICING=off');
    await run.panel.runNext();
    await run.question.getByRole('button', { name: 'Run', exact: true }).click();
    await run.done('Switch bulk pricing on');
    expect(await run.demo.version()).toMatchObject({ bulkPricing: true });
  });

  it('fails at the check of the error rate and stays there', async () => {
    const records = new RunRecords(run.demo.folder);
    await run.panel.runNext();
    await run.done('Place a bulk order');
    await run.panel.tick('The order is 12 % cheaper');
    await run.says('The order is 12 % cheaper', /you · /);
    await run.panel.press('Run until the next gate');
    await run.says('Check the error rate', 'The command failed with exit 1');
    await run.says('Check the error rate', /NOT below the limit of 5/);
    await eventually('the failed step to be in sight', () => run.isInSight('Check the error rate'));
    await run.panel.press('Retry the failed step');
    // It runs for a moment only: that it did is in the record.
    await eventually('a second try in the record', () => records.outcomes('error-rate').length === 2);
    await run.says('Check the error rate', 'The command failed with exit 1');
    expect(await run.panel.step('Check the service and every stored order').getByText(/exit|running/).count()).toBe(0);
    expect((await run.demo.get('/orders/1')).status).toBe(500);
  });

  it('shows what level 1 would run, and runs nothing for that', async () => {
    const { pid } = await run.demo.version();
    await run.lookAt(1);
    expect(await run.planned()).toEqual(['feature-off', 'feature-off-verified'].map((id) => run.demo.fence(id).text.trim()));
    await run.sheet.getByText('budget 2 minutes').waitFor();
    await run.sheet.getByText('orders that were placed with the bulk price keep it').waitFor();
    expect(await run.demo.version()).toMatchObject({ pid, bulkPricing: true });
  });

  it('level 1: the feature is off, v2 and every order stay', async () => {
    await run.confirm(1);
    await run.expectService({ release: 'v2.0.0', bulkPricing: false, schema: 2, orders: await run.orders() });
    expect(await run.orders()).toBeGreaterThan(36);
    await run.endRolledBack();
  });

  it('level 2, of a second run: v1 and its schema are back, and every order stays', async () => {
    await run.demo.steps('code-back');
    await run.start();
    await run.goToFailure();
    const before = await run.orders();
    await run.lookAt(2);
    expect(await run.planned()).toEqual(['code-back', 'code-back-verified'].map((id) => run.demo.fence(id).text.trim()));
    await run.sheet.getByText('budget 15 minutes').waitFor();
    await run.confirm(2);
    // The verification places four orders.
    await run.expectService({ release: 'v1.0.0', bulkPricing: false, schema: 1, orders: before + 4 });
    await run.endRolledBack();
  }, 2 * PATIENCE_MS);
});
