import { readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoRun, SEEDED, pictureFailures } from './demoRun.ts';
import { PATIENCE_MS } from './demoStory.ts';

describe('a level that fails', () => {
  let run: DemoRun;
  pictureFailures(() => run);
  const HOTFIX = 'throw new Error("a hotfix that went wrong");\n';

  beforeAll(async () => {
    run = await DemoRun.layOut();
    await run.open();
    await run.start();
    await run.goToFailure();
  }, 4 * PATIENCE_MS);

  afterAll(() => run?.end());

  it('says so, with its exit code, and touches nothing more', async () => {
    // git does not check out another release over changes that are in no commit.
    writeFileSync(run.demo.path('service/orders.mjs'), HOTFIX);
    const { pid } = await run.demo.version();
    await run.lookAt(2);
    await run.panel.press('Roll back to level 2');
    await run.sheet.getByText('Rollback failed').waitFor({ timeout: PATIENCE_MS });
    await run.sheet.getByText(/^The command failed with exit 1/).waitFor();
    expect(await run.demo.version()).toMatchObject({ pid, release: 'v2.0.0', bulkPricing: true, schema: 2 });
    expect(run.demo.git('describe', '--tags')).toBe('v2.0.0');
    expect(run.demo.read('service/orders.mjs')).toBe(HOTFIX);
  });

  it('offers the next level, of which nothing has run', async () => {
    await run.sheet.getByRole('button', { name: 'Look at level 3: Full restore' }).click();
    await run.sheet.getByText('Plan, nothing has run').waitFor();
    expect(await run.planned()).toEqual(['full-restore', 'full-restore-verified'].map((id) => run.demo.fence(id).text.trim()));
    expect(await run.demo.version()).toMatchObject({ release: 'v2.0.0', bulkPricing: true });
    expect(await run.orders()).toBeGreaterThan(SEEDED);
  });

  it('is made good by the next level', async () => {
    await run.confirm(3);
    await run.expectService({ release: 'v1.0.0', bulkPricing: false, schema: 1, orders: SEEDED });
    const patch = readdirSync(run.demo.path('var/replaced')).find((name) => name.endsWith('.patch')) ?? '';
    expect(run.demo.read(`var/replaced/${patch}`)).toContain('a hotfix that went wrong');
    await run.endRolledBack();
  });
});
