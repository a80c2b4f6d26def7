import { existsSync } from 'node:fs';
import { describe, expect, test as plain, vi } from 'vitest';
import { DemoWorkspace } from './demoWorkspace.ts';

// Some tests start and end services; a busy machine needs its time for that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const RUN = '01J0000000000000000000PIPE';

/** A demo with v1.0.0 running and v2.1.0 to be deployed, of each test's own. */
const test = plain.extend<{ demo: DemoWorkspace }>({
  demo: async ({}, use) => {
    const demo = await DemoWorkspace.layOut('pipeline,rollout');
    await demo.bash(`export GUIDED_RUNBOOKS_RUN=${RUN}; ops/start`);
    await use(demo);
    await demo.end();
  },
});

async function said(demo: DemoWorkspace, command: string, code = 0): Promise<string> {
  const result = await demo.bash(command);
  expect(result, `${command}\n${result.output}`).toMatchObject({ code });
  return result.output;
}

const deploy = (demo: DemoWorkspace): Promise<string> => said(demo, 'set -e; ops/put v2.1.0; ops/migrate up; ops/restart');

describe.concurrent('code that is put in place', () => {
  test('is a commit on the branch; doing it twice is nothing more, and going back is a commit, too', async ({ demo }) => {
    const before = demo.git('rev-parse', 'HEAD');
    expect(await said(demo, 'ops/put v2.1.0')).toContain('service/ is v2.1.0 now, in place of v1.0.0');
    const after = demo.git('rev-parse', 'HEAD');
    expect(await said(demo, 'ops/put v2.1.0')).toContain('already');
    expect(demo.git('rev-parse', 'HEAD')).toBe(after);
    expect(demo.git('diff', '--name-only', 'v2.1.0', 'HEAD', '--', 'service')).toBe('');
    expect(demo.git('log', '-1', '--format=%b')).toContain(`Run: ${RUN}`);
    await said(demo, `ops/put ${before}`);
    expect(demo.git('diff', '--name-only', 'v1.0.0', 'HEAD', '--', 'service')).toBe('');
    expect(demo.git('branch', '--show-current')).toBe('main');
    expect(demo.git('rev-list', '--count', `${before}..HEAD`)).toBe('2');
  });

  test('is a release or a commit that git knows; else nothing changes', async ({ demo }) => {
    const before = demo.git('rev-parse', 'HEAD');
    for (const wanted of ['nonsense', '-f', '', '--source=HEAD']) expect(await said(demo, `ops/put '${wanted}'`, 1)).toContain('Nothing was changed');
    expect(demo.git('rev-parse', 'HEAD')).toBe(before);
    expect(demo.git('status', '--porcelain')).toBe('');
  });

  test('never takes changes away that are in no commit', async ({ demo }) => {
    await said(demo, 'echo "// a hotfix" >>service/orders.mjs');
    expect(await said(demo, 'ops/put v2.1.0', 1)).toContain('in no commit');
    expect(demo.read('service/orders.mjs')).toContain('a hotfix');
    expect(await said(demo, 'ops/ready v2.1.0', 1)).toMatch(/FAIL {2}changes .*service\/orders\.mjs/);
  });
});

describe.concurrent('a release', () => {
  test('is ready only when git knows it and the branch is the one', async ({ demo }) => {
    expect(await said(demo, 'ops/ready v2.1.0')).not.toContain('FAIL');
    expect(await said(demo, 'ops/ready v9.9.9', 1)).toContain('there is no tag "v9.9.9"');
    await said(demo, 'git checkout --quiet -b other');
    expect(await said(demo, 'ops/ready v2.1.0', 1)).toMatch(/FAIL {2}branch +other/);
  });

  test('is proven once staging has verified it, which its log says with the id of the run', async ({ demo }) => {
    expect(await said(demo, 'ops/deployments proven v2.1.0', 1)).toContain('was never verified on staging');
    await said(demo, 'set -e; export ORDERS_ENV=staging; ops/up; ops/put v2.1.0; ops/migrate up; ops/restart; ops/deployments add verified; ops/deployments add verified');
    expect((await said(demo, 'ops/deployments')).match(new RegExp(`verified  v2\\.1\\.0 .* run ${RUN}`, 'g'))).toHaveLength(1);
    expect(await said(demo, 'ops/mark')).toContain(`deployed/staging/${RUN}`);
    await said(demo, 'ops/stop; unset ORDERS_ENV');
    expect(await said(demo, 'ops/deployments proven v2.1.0')).toContain(`in run ${RUN}`);
    expect(await demo.version()).toMatchObject({ release: 'v1.0.0' });
  });
});

describe.concurrent('what is looked at after a deployment', () => {
  test('passes on a good one: routes, database, content, and the orders from before', async ({ demo }) => {
    await said(demo, 'ops/regressions record');
    await deploy(demo);
    expect(await said(demo, 'ops/routes')).toContain('All 8 routes answer');
    expect(await said(demo, 'ops/database')).not.toContain('FAIL');
    expect(await said(demo, `ops/content /orders/1 --has '"totalCents":' --without '"discount":'`)).not.toContain('FAIL');
    expect(await said(demo, 'ops/regressions')).toContain('36 of the 36 orders that v1.0.0 knew read as before');
  });

  test('fails on orders that are wrong, and on a fault that only the feature meets', async ({ demo }) => {
    await said(demo, 'ops/regressions record');
    await deploy(demo);
    await said(demo, 'set -e; ops/canary 10; ops/fault on');
    expect(await said(demo, 'ops/regressions', 1)).toContain('HTTP 500');
    expect(await said(demo, 'ops/routes', 1)).toMatch(/FAIL {2}GET \/orders\/1/);
    expect(await said(demo, `ops/content /orders/1 --has '"totalCents":'`, 1)).toContain('FAIL');
    await said(demo, 'ops/canary off');
    expect(await said(demo, 'ops/routes')).not.toContain('FAIL');
    expect(await said(demo, 'ops/fault off')).toContain('36 orders are as they were');
    expect(await said(demo, 'ops/rates --price list')).not.toContain('FAIL');
    expect(await said(demo, 'ops/rates --price bulk', 1)).toContain('FAIL  at the right price');
  });
});

describe.concurrent('backups', () => {
  test('are printed by name, restored by it without the code, and removed by it', async ({ demo }) => {
    const name = (await said(demo, 'ops/backup before-deployment --print-name')).trim();
    expect(name).toMatch(/^before-deployment-\d{8}T\d{9}Z$/);
    await deploy(demo);
    await said(demo, 'ops/traffic 20');
    expect(await said(demo, `ops/restore ${name} --data`, 1)).toContain('The service runs');
    await said(demo, `set -e; ops/stop; ops/restore ${name} --data; ops/migrate match; ops/start`);
    expect(await demo.version()).toMatchObject({ release: 'v2.1.0', schema: 2 });
    expect(await demo.metric('stored')).toBe(36);
    expect(await said(demo, `BACKUPS_TO_PRUNE=${name} ops/prune`)).toContain(`Removed var/backups/${name}`);
    expect(existsSync(demo.path(`var/backups/${name}`))).toBe(false);
    expect(await said(demo, `BACKUPS_TO_PRUNE=${name} ops/prune`)).toContain('gone already');
    expect(await said(demo, 'BACKUPS_TO_PRUNE=../../service ops/prune', 1)).toContain('not the name of a backup');
    expect(existsSync(demo.path('service/server.mjs'))).toBe(true);
  });
});
