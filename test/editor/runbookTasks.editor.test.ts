import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { runWhole } from '../harness/runWhole.ts';
import { DemoRun, pictureFailures } from './demoRun.ts';
import { RunRecords } from './runRecord.ts';

const FILE = 'tasks.runbook.md';
const WHOLE_MS = 300_000;
const GOOD = [{ kind: 'exited', code: 0 }];

describe('the runbook of task cards', () => {
  let run: DemoRun;
  let records: RunRecords;
  pictureFailures(() => run);

  beforeAll(async () => {
    run = await DemoRun.layOut('tasks');
    records = new RunRecords(run.demo.folder);
    await run.open(FILE);
  });

  afterAll(() => run?.end());

  it('goes card by card; a hundred starts and a hundred requests run at the same time', async () => {
    await runWhole(run.panel, {
      before: async (step) => {
        if (step === 'hundred-starts') await screenshot(run.editor.page, 'tasks-load');
      },
      until: 'operations',
      evidence: { figures: 'https://example.org/figures' },
    });
    for (const step of ['unit-tests', 'integration-tests', 'dry-run', 'up-and-down', 'hundred-starts', 'hundred-requests', 'deploy', 'deployed']) {
      expect(records.outcomes(step), step).toEqual(GOOD);
    }
    const lanes = records.bodies().flatMap((body) => (body.type === 'command.started' && body.lane !== undefined ? [body.owner] : []));
    expect(lanes).toEqual([{ kind: 'step', stepId: 'hundred-starts' }, { kind: 'step', stepId: 'hundred-requests' }]);
    expect(await run.demo.version()).toMatchObject({ release: 'v2.1.0', bulkPricing: false, schema: 2 });
    expect(run.demo.git('worktree', 'list').split('\n')).toHaveLength(1);
  }, WHOLE_MS);

  it('level 1: the old code goes on with the new column, and no order is lost', async () => {
    const before = await run.orders();
    await run.lookAt(1);
    await run.sheet.getByText('budget 5 minutes').waitFor();
    await run.confirm(1);
    // The verification places four orders.
    await run.expectService({ release: 'v1.0.0', bulkPricing: false, schema: 2, orders: before + 4 });
    await run.endRolledBack();
    expect(records.bodies().findLast(({ type }) => type === 'run.ended')).toMatchObject({ outcome: 'rolled-back' });
  }, WHOLE_MS);
});
