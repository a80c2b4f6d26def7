import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoRun, eventually, pictureFailures } from './demoRun.ts';
import { PATIENCE_MS } from './demoStory.ts';

describe('when the editor is killed', () => {
  let run: DemoRun;
  pictureFailures(() => run);

  beforeAll(async () => {
    run = await DemoRun.layOut();
    await run.open();
    await run.start();
  });

  afterAll(() => run?.end());

  /** Makes ops/traffic wait, so that what calls it is running for as long as a test wants. */
  function holdTraffic(): void {
    const { demo } = run;
    renameSync(demo.path('ops/traffic'), demo.path('var/traffic'));
    writeFileSync(demo.path('ops/traffic'), '#!/bin/sh\ntouch var/waiting\nwhile true; do sleep 1; done\n');
    chmodSync(demo.path('ops/traffic'), 0o755);
  }

  const trafficWaits = (): Promise<true> =>
    eventually('the command to be under way', () => {
      run.demo.read('var/waiting');
      return true;
    });

  function releaseTraffic(): void {
    const { demo } = run;
    renameSync(demo.path('var/traffic'), demo.path('ops/traffic'));
    rmSync(demo.path('var/waiting'));
  }

  it('a step that was running is found again, as unknown and not as done', async () => {
    await run.goToDarkTraffic();
    holdTraffic();
    await run.panel.runNext();
    await run.says('Send some traffic and check', /running/);
    await trafficWaits();
    await run.crash();
    await run.says('Send some traffic and check', /Nobody knows how the command ended/);
    await run.says('Send some traffic and check', /unknown/);
    await run.panel.frame.locator('.header').getByText('12 of 24 steps').waitFor();
    await eventually('the step to be in sight', () => run.isInSight('Send some traffic and check'));
    await run.panel.frame.getByRole('button', { name: /^Run next step, not available: What the last command came to is not known/ }).waitFor();
  }, 4 * PATIENCE_MS);

  it('it is run again after a question, with the environment of the steps before', async () => {
    releaseTraffic();
    await run.panel.pressAt('Send some traffic and check', /^Run again/);
    await run.question.getByRole('checkbox').first().click();
    await run.question.getByRole('button', { name: /^Run/ }).click();
    await run.passDarkTraffic();
    expect(await run.demo.version()).toMatchObject({ release: 'v2.0.0', bulkPricing: true });
  }, 4 * PATIENCE_MS);

  it('a level that was running is found again: what had ended is known, the rest is not', async () => {
    holdTraffic();
    await run.lookAt(1);
    await run.panel.press('Roll back to level 1');
    await trafficWaits();
    await run.sheet.locator('.plan li').nth(1).locator('.codicon-loading').waitFor();
    expect(await run.demo.version()).toMatchObject({ bulkPricing: false });
    await run.crash();
    await run.sheet.getByText('Outcome unknown').waitFor({ timeout: PATIENCE_MS });
    const [undo, verify] = await run.sheet.locator('.plan li').allInnerTexts();
    expect(undo).toContain('exit 0');
    expect(verify).toContain('end unknown');
    await run.sheet.getByText(/^Nobody knows how the command ended/).waitFor();
  }, 2 * PATIENCE_MS);

  it('the level goes on at the first command that has not succeeded', async () => {
    releaseTraffic();
    const { pid } = await run.demo.version();
    await run.panel.press('Run it again');
    await run.question.getByRole('checkbox').first().click();
    await run.question.getByRole('button', { name: 'Run it again', exact: true }).click();
    await run.succeeded();
    // The command that restarts the service has not been run a second time.
    expect(await run.demo.version()).toMatchObject({ pid });
    await run.expectService({ release: 'v2.0.0', bulkPricing: false, schema: 2, orders: await run.orders() });
    await run.endRolledBack();
  }, 2 * PATIENCE_MS);
});
