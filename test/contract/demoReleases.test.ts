import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain, vi } from 'vitest';
import { isAlive } from '../harness/processTree.ts';
import { DemoWorkspace, layOut } from './demoWorkspace.ts';

// Some tests start and end services and lay out further copies; a busy machine needs its time for that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** A demo with the further runbooks and v2.1.0, of each test's own. */
const test = plain.extend<{ demo: DemoWorkspace }>({
  demo: async ({}, use) => {
    const demo = await DemoWorkspace.layOut('all');
    await use(demo);
    await demo.end();
  },
});

async function said(demo: DemoWorkspace, command: string, code = 0): Promise<string> {
  const result = await demo.bash(command);
  expect(result, `${command}\n${result.output}`).toMatchObject({ code });
  return result.output;
}

/** The production instance on v2.1.0 with the flag as given, and 40 requests of traffic. */
async function deployed(demo: DemoWorkspace, flag: string): Promise<void> {
  await said(demo, `set -e; git checkout --quiet v2.1.0; ops/migrate up; ops/canary ${flag}; ops/traffic 40`);
}

describe.concurrent('laying out with the further runbooks', () => {
  test('brings v2.1.0 and the runbooks, the same in each release', ({ demo }) => {
    expect(demo.git('tag', '--list')).toBe('v1.0.0\nv2.0.0\nv2.1.0');
    expect(demo.git('status', '--porcelain')).toBe('');
    expect(demo.git('diff', '--name-only', 'v1.0.0', 'v2.1.0')).not.toMatch(/ops|runbook/);
  });

  test('refuses a name that is not there, and lays nothing out', async () => {
    const outer = mkdtempSync(join(tmpdir(), 'demo-with-'));
    try {
      const { code, output } = await layOut([join(outer, 'demo'), '--with', 'no-such']);
      expect(code).toBe(1);
      expect(output).toContain('There is no runbook "no-such"');
      expect(existsSync(join(outer, 'demo'))).toBe(false);
    } finally {
      rmSync(outer, { recursive: true });
    }
  });
});

describe.concurrent('v2.1.0', () => {
  test('answers the orders from before with the feature on: the defect is mended', async ({ demo }) => {
    await deployed(demo, 'on');
    expect(await said(demo, 'ops/check --release v2.1.0 --flag on')).toContain('All 8 checks passed');
    expect((await demo.get('/orders/1')).status).toBe(200);
    expect(await said(demo, 'ops/smoke')).toContain('3166.94, 12 % off');
  });

  test('gives a share of the customers the new price, each always the same', async ({ demo }) => {
    await deployed(demo, '50');
    expect(await said(demo, 'ops/metric share --is 50')).toContain('as it should be');
    expect(await demo.metric('share_seen')).toBeGreaterThan(0);
    expect(await demo.metric('share_seen')).toBeLessThan(100);
    const price = async (): Promise<string> => /for (\d+\.\d\d)/.exec(await said(demo, 'ops/smoke --customer ada'))?.[1] ?? '';
    const first = await price();
    expect(['3598.80', '3166.94']).toContain(first);
    expect(await price()).toBe(first);
    await said(demo, 'ops/canary 100');
    expect(await price()).toBe('3166.94');
  });

  test('compares both prices in the shadow, and answers the old one', async ({ demo }) => {
    await deployed(demo, 'shadow');
    expect(await demo.version()).toMatchObject({ bulkPricing: false, flag: 'shadow' });
    expect(await said(demo, 'ops/smoke')).not.toContain('off');
    expect(await demo.metric('compared')).toBe(9);
    expect(await demo.metric('discrepancies')).toBe(5);
    const listed = await said(demo, 'ops/discrepancies --none-dearer');
    expect(listed.match(/^order/gm)).toHaveLength(5);
    expect(listed).toContain('9 orders were priced both ways: 5 would get another price, 0 of them a higher one.');
  });

  test('can be taken back to v1 and its schema, whatever the share was', async ({ demo }) => {
    await deployed(demo, '10');
    await said(demo, 'set -e; git checkout --quiet v1.0.0; ops/flag BULK_PRICING off; ops/stop; ops/migrate to 1; ops/start');
    expect(await said(demo, 'ops/check --release v1.0.0 --flag off')).toContain('All 8 checks passed');
  });
});

describe.concurrent('the further scripts', () => {
  test('a share is set once, and refused by a release that knows none', async ({ demo }) => {
    await deployed(demo, '10');
    const { pid } = await demo.version();
    expect(await said(demo, 'ops/canary 10')).toContain('10 already');
    expect(await demo.version()).toMatchObject({ pid, flag: '10' });
    expect(await said(demo, 'ops/canary 0', 1)).toContain('Nothing was changed');
    await said(demo, 'set -e; ops/canary off; git checkout --quiet v2.0.0; ops/restart');
    expect(await said(demo, 'ops/canary 10', 1)).toContain('no share that v2.0.0 knows');
    expect(demo.read('.env')).toContain('BULK_PRICING=off\n');
  });

  test('a release is tested in an isolated copy, which leaves nothing behind', async ({ demo }) => {
    await said(demo, 'ops/test unit v2.1.0', 1);
    for (const tag of ['v2.1.0', 'v2.0.0', 'v2.1.0']) await said(demo, `ops/isolate ${tag}`);
    expect(await said(demo, 'ops/test unit v2.1.0 --coverage 90')).toContain('The unit tests of v2.1.0 have passed.');
    expect(await said(demo, 'ops/test integration v2.1.0')).toContain('The integration tests of v2.1.0 have passed.');
    expect(await said(demo, 'ops/test unit v2.0.0', 1)).toContain('brings no unit tests');
    expect(demo.git('describe', '--tags')).toBe('v1.0.0');
    await said(demo, 'set -e; ops/isolate v2.1.0 --remove; ops/isolate v2.0.0 --remove; ops/isolate v2.0.0 --remove');
    expect(demo.git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(demo.git('status', '--porcelain')).toBe('');
  });

  test('a failing test of a release fails', async ({ demo }) => {
    await said(demo, 'ops/isolate v2.1.0');
    await said(demo, `sed -i.bak 's/percentOff: 12/percentOff: 13/' var/isolated/v2.1.0/service/pricing.mjs`);
    expect(await said(demo, 'ops/test unit v2.1.0', 1)).toContain('FAILED');
  });

  test('a measurement is held against the recorded baseline', async ({ demo }) => {
    await said(demo, 'set -e; ops/isolate v1.0.0; ops/isolate v2.1.0');
    expect(await said(demo, 'ops/bench v2.1.0', 1)).toContain('There is no baseline');
    await said(demo, 'ops/bench v1.0.0 --record');
    expect(await said(demo, 'ops/bench v2.1.0 --at-most 100')).toMatch(/ratio \d+\.\d\d to v1\.0\.0, within the limit/);
    expect(await said(demo, 'ops/bench v2.1.0 --at-most 0.01', 1)).toContain('NOT within the limit');
  });

  test('staging stands beside production with a copy of its data, and ends when it is removed', async ({ demo }) => {
    await demo.steps('start-v1');
    const production = await demo.version();
    expect(await said(demo, 'ORDERS_ENV=staging ops/status', 1)).toContain('Lay it out: ops/stage');
    await said(demo, '(set -e; ops/stage v2.1.0; export ORDERS_ENV=staging; ops/migrate up; ops/canary on; ops/traffic 20)');
    expect(await said(demo, 'ORDERS_ENV=staging ops/check --release v2.1.0 --flag on')).toContain('All 8 checks passed');
    const staging = Number(readFileSync(demo.path('var/staging/var/service.pid'), 'utf8'));
    await said(demo, 'ops/check --release v1.0.0 --flag off');
    expect(await demo.version()).toEqual(production);
    expect(demo.sqlite('SELECT count(*) FROM orders')).toBe(36);
    await said(demo, 'ops/stage v2.1.0');
    expect(isAlive(staging)).toBe(true);
    expect(await said(demo, 'ORDERS_ENV=elsewhere ops/status', 1)).toContain('neither production nor staging');
    rmSync(demo.path('var/staging'), { recursive: true });
    await vi.waitFor(() => expect(isAlive(staging)).toBe(false), { timeout: 30_000, interval: 50 });
    await said(demo, 'set -e; ops/stage v2.1.0; ops/stage --remove; ops/stage --remove');
    expect(demo.git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('a migration can be rehearsed on a copy, and says when it would fail', async ({ demo }) => {
    await said(demo, 'ops/stage v2.1.0; export ORDERS_ENV=staging');
    expect(await said(demo, 'ops/migrate up --dry-run')).toMatch(/Would be done: applied 2 \(price-tier\)[\s\S]*36 of 36 orders, the same in sum/);
    await said(demo, 'ops/start', 1);
    await said(demo, 'ops/migrate up');
    expect(await said(demo, 'ops/migrate up --dry-run')).toContain('Nothing would be done');
    expect(await said(demo, 'ops/migrate to 9 --dry-run', 1)).toContain('was not touched');
  });

  test('a hundred requests at once are answered, and a hundred starts at once migrate once', async ({ demo }) => {
    await deployed(demo, '50');
    expect(await said(demo, 'ops/load 100')).toContain('100 requests at once: 100 answered, 0 failed.');
    expect(await said(demo, 'ops/load 100 --p95-below 0', 1)).toContain('NOT below the limit');
    expect(await said(demo, 'ops/load 100 --starts')).toContain('100 starts at once: 1 migrated, 99 found it done, 0 failed.');
    expect(await said(demo, 'ops/stop; ops/load 10', 1)).toContain('Run: ops/start');
  });

  test('metrics have short names and can be held against a number', async ({ demo }) => {
    await deployed(demo, '10');
    for (const name of ['p95', 'error_rate', 'share', 'discrepancies']) expect(await said(demo, `ops/metric ${name}`)).toMatch(/^\d+(?:\.\d+)?\n$/);
    expect(await said(demo, 'ops/metric share --is 20', 1)).toContain('share is 10, NOT 20.');
    expect(await said(demo, 'ops/metric nothing', 1)).toContain('has no "nothing"');
  });
});
