import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { DemoRun, SEEDED, pictureFailures } from './demoRun.ts';

describe('the demo, by keyboard alone', () => {
  let run: DemoRun;
  pictureFailures(() => run);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await run.editor.page.keyboard.press(key);
  };

  beforeAll(async () => {
    run = await DemoRun.layOut();
  });

  afterAll(() => run?.end());

  /** What has the keyboard in the panel, by the name that is said of it. */
  const focused = (): Promise<string> =>
    run.panel.frame.locator('body').evaluate(() => {
      const element = document.activeElement === document.body ? null : document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });

  /** Presses a key until something has the keyboard; what it was at on the way is told when it is never there. */
  async function goTo(key: string, name: RegExp): Promise<void> {
    const way: string[] = [];
    while (way.length < 40) {
      const here = await focused();
      if (name.test(here)) return;
      way.push(here.slice(0, 40));
      await press(key);
    }
    throw new Error(`${key} does not lead to ${String(name)}. It led past: ${way.join(' | ')}`);
  }

  const tabTo = (name: RegExp): Promise<void> => goTo('Tab', name);
  const backTo = (name: RegExp): Promise<void> => goTo('Shift+Tab', name);

  /** Goes to the next step and presses its first action. */
  async function doNext(title: RegExp, action: RegExp): Promise<void> {
    await until(
      async () => {
        await press('n');
        return title.test(await focused());
      },
      { what: `the next step to be ${String(title)}` },
    );
    await press('Enter');
    expect(await focused()).toMatch(action);
    await press('Enter');
  }

  it('opens and starts a run', async () => {
    await press('Control+p');
    await run.editor.page.keyboard.type('deploy.runbook.md');
    await run.editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'deploy.runbook.md' }).first().waitFor();
    await press('Enter');
    await run.panel.frame.locator('.block').first().waitFor();
    await until(() => run.editor.page.evaluate(() => document.activeElement?.localName === 'iframe'), { what: 'the keyboard to be in the panel' });
    await tabTo(/^Start run/);
    await press('Enter');
    await run.panel.frame.getByText(/started by you/).first().waitFor();
  });

  it('runs a step from its row, then with the shortcut, then on to the gate', async () => {
    await doNext(/^Check the tools/, /^Run/);
    await run.done('Check the tools');
    await press('Control+Alt+Enter');
    await run.done('Start v1');
    await backTo(/^Run until the next gate/);
    await press('Enter');
    await run.done('Check that the backup can be read');
    await doNext(/^The support channel knows/, /^Tick/);
    await run.says('The support channel knows', /you · /);
    await doNext(/every check above is green/, /^Go/);
    await run.says('every check above is green', /Go · you/);
  });

  it('answers the question before the feature goes on', async () => {
    await backTo(/^Run until the next gate/);
    await press('Enter');
    await run.done('Send some traffic and check');
    await doNext(/^The log has no new errors/, /^Tick/);
    await run.says('The log has no new errors', /you · /);
    await press('Control+Alt+Enter');
    await run.question.waitFor();
    await tabTo(/^Run$/);
    await press('Enter');
    await run.done('Switch bulk pricing on');
    await press('Control+Alt+Enter');
    await run.done('Place a bulk order');
  });

  it('level 3: everything is as it was at the backup', async () => {
    await press('r');
    await tabTo(/^Roll back, level 3/);
    await press('Enter');
    await run.sheet.getByText('Plan, nothing has run').waitFor();
    expect(await run.planned()).toEqual(['full-restore', 'full-restore-verified'].map((id) => run.demo.fence(id).text.trim()));
    await run.sheet.getByText('budget 45 minutes').waitFor();
    await run.sheet.getByText('orders placed since the backup are lost to the service').first().waitFor();
    expect(await run.orders()).toBeGreaterThan(SEEDED);
    await tabTo(/^Roll back to level 3/);
    await press('Enter');
    await run.succeeded();
    await run.expectService({ release: 'v1.0.0', bulkPricing: false, schema: 1, orders: SEEDED });
    expect(readdirSync(run.demo.path('var/replaced'))).not.toEqual([]);
    await tabTo(/^End run as rolled back/);
    await press('Enter');
    await run.panel.frame.locator('.header').getByText(/rolled back \d\d:\d\d/).waitFor();
  });
});
