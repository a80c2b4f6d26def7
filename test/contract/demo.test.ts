import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain, vi } from 'vitest';
import { isAlive } from '../harness/processTree.ts';
import { DemoWorkspace, layOut } from './demoWorkspace.ts';

// Some tests start and end the service a dozen times; a busy machine needs its time for that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const preflight = ['tools', 'start-v1', 'choose-release', 'tree-clean', 'v1-healthy', 'backup', 'backup-good'];
const phase1 = ['checkout', 'migrate', 'restart-v2', 'verify-dark'];
const phase2 = ['flag-on', 'smoke'];
const seeded = 36;

/** Each test has a demo of its own, so they can run side by side. It is ended whether the test passes or not. */
const test = plain.extend<{ demo: DemoWorkspace }>({
  demo: async ({}, use) => {
    const demo = await DemoWorkspace.layOut();
    await use(demo);
    await demo.end();
  },
});

describe.concurrent('laying out', () => {
  test('makes a repository at v1.0.0 with the release to come, and starts nothing', ({ demo }) => {
    expect(demo.git('tag', '--list')).toBe('v1.0.0\nv2.0.0');
    expect(demo.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
    expect(demo.git('rev-parse', 'HEAD')).toBe(demo.git('rev-parse', 'v1.0.0^{commit}'));
    expect(demo.git('status', '--porcelain')).toBe('');
    expect(demo.git('diff', '--name-only', 'v1.0.0', 'v2.0.0')).not.toMatch(/ops|runbook/);
    expect(JSON.parse(demo.read('.vscode/settings.json'))).toEqual({
      'workbench.editorAssociations': { '*.runbook.md': 'guidedRunbooks.panel' },
    });
    expect(demo.sqlite('SELECT count(*) FROM orders')).toBe(seeded);
    expect(existsSync(demo.path('var/service.pid'))).toBe(false);
  });

  test('refuses a folder that holds something else, and leaves it alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-foreign-'));
    try {
      writeFileSync(join(folder, 'mine.txt'), 'mine');
      const { code, output } = await layOut([folder, '--force']);
      expect(code).toBe(1);
      expect(output).toContain('is not empty');
      expect(readdirSync(folder)).toEqual(['mine.txt']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('lays its own folder out anew only when told to, and ends the old service first', async ({ demo }) => {
    await demo.steps('start-v1');
    const { pid } = await demo.version();
    expect((await layOut([demo.folder])).output).toContain('--force');
    expect(isAlive(pid)).toBe(true);
    const again = await layOut([demo.folder, '--force', '--port', '20999']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.output.trimEnd().split('\n').at(-1)).toBe(`workspace: ${demo.folder}`);
    expect(isAlive(pid)).toBe(false);
    expect(demo.url).toBe('http://127.0.0.1:20999');
  });

  test("does not depend on the person's git configuration, and makes the same commits everywhere", async ({ demo }) => {
    const home = mkdtempSync(join(tmpdir(), 'demo-home-'));
    try {
      mkdirSync(join(home, 'hooks'));
      writeFileSync(join(home, 'hooks/pre-commit'), '#!/bin/sh\nexit 1\n');
      chmodSync(join(home, 'hooks/pre-commit'), 0o755);
      mkdirSync(join(home, '.config/git'), { recursive: true });
      writeFileSync(join(home, '.config/git/ignore'), '*.mjs\nops\n');
      writeFileSync(join(home, '.gitconfig'), `[commit]\n gpgSign = true\n[tag]\n gpgSign = true\n[core]\n hooksPath = ${home}/hooks\n autocrlf = true\n`);
      const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere' };
      expect(await layOut([join(home, 'demo')], env)).toMatchObject({ code: 0 });
      const commits = demo.git('rev-parse', 'v1.0.0', 'v2.0.0');
      const elsewhere = demo.git('-C', join(home, 'demo'), 'rev-parse', 'v1.0.0', 'v2.0.0');
      expect(elsewhere).toBe(commits);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});

describe.concurrent('the runbook', () => {
  test('names every step once, and uses only what the first version supports', ({ demo }) => {
    const fences = demo.fences();
    expect(fences.length).toBeGreaterThan(15);
    expect(fences.map(({ id }) => id)).not.toContain('');
    const markdown = demo.read('deploy.runbook.md');
    const ids = [...markdown.matchAll(/\{#([\w-]+)/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(markdown.match(/^- \[ \].*$/gm)?.filter((item) => !item.includes('<!-- {#'))).toEqual([]);
    for (const { attributes } of fences) {
      for (const attribute of attributes) expect(attribute).toMatch(/^(timeout=\d+[ms]|confirm|verify)$/);
    }
  });

  test('calls only commands that are there, and stops a block at its first failure', ({ demo }) => {
    for (const { id, text } of demo.fences()) {
      for (const [command] of text.matchAll(/\bops\/[\w-]+/g)) expect(existsSync(demo.path(command)), `${id}: ${command}`).toBe(true);
      const commands = text.trim().split('\n').filter((line) => !/^(#|export )/.test(line));
      if (commands.length > 1) expect(commands[0], id).toBe('set -e');
    }
  });
});

describe.concurrent('going forward', () => {
  test('ends at the checks that notice the defect, and only there', async ({ demo }) => {
    await demo.steps(...preflight);
    expect(await demo.version()).toMatchObject({ release: 'v1.0.0', bulkPricing: false, schema: 1 });

    await demo.steps('checkout', 'migrate');
    expect(await demo.version()).toMatchObject({ release: 'v1.0.0', schema: 2 });
    expect(await demo.bash('ops/smoke')).toMatchObject({ code: 0 });
    await demo.steps('restart-v2', 'verify-dark');
    expect(await demo.version()).toMatchObject({ release: 'v2.0.0', bulkPricing: false, schema: 2 });
    expect(await demo.metric('error_rate')).toBe(0);

    await demo.steps(...phase2, 'traffic');
    expect(await demo.version()).toMatchObject({ release: 'v2.0.0', bulkPricing: true, schema: 2 });
    expect(await demo.get('/health')).toMatchObject({ status: 200 });
    expect(await demo.get('/orders/1')).toMatchObject({ status: 500 });

    const rate = await demo.step('error-rate');
    expect(rate.code).toBe(1);
    expect(rate.output).toContain('NOT below the limit of 5');
    const checks = await demo.step('verify-on');
    expect(checks.code).toBe(1);
    expect(checks.output).toMatch(/FAIL {2}oldest order {2}HTTP 500 for order 1\n/);
    expect(checks.output).toMatch(/3 of 8 checks failed/);
  });

  test('the release step needs what an earlier step exported', async ({ demo }) => {
    const { code } = await demo.step('checkout');
    expect(code).not.toBe(0);
    expect(demo.git('describe', '--tags')).toBe('v1.0.0');
  });

  test('the record of the run is not in the way of the check for a clean tree, anything else is', async ({ demo }) => {
    mkdirSync(demo.path('.runbooks/runs'), { recursive: true });
    writeFileSync(demo.path('.runbooks/runs/record.jsonl'), '{}\n');
    await demo.steps('tree-clean', 'start-v1', 'choose-release', 'checkout');
    expect(existsSync(demo.path('.runbooks/runs/record.jsonl'))).toBe(true);

    writeFileSync(demo.path('service/hotfix.mjs'), '');
    const { code, output } = await demo.step('tree-clean');
    expect(code).toBe(1);
    expect(output).toContain('service/hotfix.mjs');
  });

  test('no backup "from before" is made of what came after', async ({ demo }) => {
    await demo.steps(...preflight, ...phase1);
    const { code, output } = await demo.step('backup');
    expect(code).toBe(1);
    expect(output).toContain('v2.0.0 is checked out, not v1.0.0');
    expect(readdirSync(demo.path('var/backups'))).toHaveLength(1);
  });
});

describe.concurrent('rolling back', () => {
  /** What each level leaves behind. `ordersKept`: those that came in since the backup. */
  const levels = [
    { level: 1, step: 'feature-off', release: 'v2.0.0', schema: 2, ordersKept: true },
    { level: 2, step: 'code-back', release: 'v1.0.0', schema: 1, ordersKept: true },
    { level: 3, step: 'full-restore', release: 'v1.0.0', schema: 1, ordersKept: false },
  ];

  /** The state that the story reaches by its failing checks. @returns how many orders there are. */
  async function switchedOn(demo: DemoWorkspace): Promise<number> {
    await demo.steps('start-v1', 'choose-release', 'backup', 'checkout', 'migrate', 'flag-on', 'traffic');
    const stored = await demo.metric('stored');
    expect(stored).toBeGreaterThan(seeded);
    expect(await demo.get('/orders/1')).toMatchObject({ status: 500 });
    return stored;
  }

  describe.each(levels)('level $level', ({ step, release, schema, ordersKept }) => {
    async function expectRolledBack(demo: DemoWorkspace, stored: number): Promise<void> {
      expect(await demo.version()).toMatchObject({ release, schema, bulkPricing: false });
      expect(demo.git('describe', '--tags')).toBe(release);
      expect(demo.git('status', '--porcelain')).toBe('');
      expect(demo.read('.env')).toContain('BULK_PRICING=off\n');
      expect(await demo.get('/health')).toMatchObject({ status: 200 });
      expect(await demo.get('/orders/1')).toMatchObject({ status: 200 });
      expect(await demo.metric('flag{name="BULK_PRICING"}')).toBe(0);
      const orders = ordersKept ? stored : seeded;
      expect(await demo.metric('stored')).toBe(orders);
      expect(demo.sqlite('SELECT count(*) FROM orders')).toBe(orders);
      expect(demo.sqlite('SELECT max(id) FROM migrations')).toBe(schema);
      expect(demo.sqlite(`SELECT count(*) FROM pragma_table_info('orders') WHERE name = 'price_tier'`)).toBe(schema - 1);
    }

    test('leads back, is verified, and changes nothing when it is run again', async ({ demo }) => {
      const stored = await switchedOn(demo);
      await demo.steps(step);
      await expectRolledBack(demo, stored);
      await demo.steps(step);
      await expectRolledBack(demo, stored);
      await demo.steps(`${step}-verified`);
      // Back on v1, the runbook can be started from its beginning.
      if (release === 'v1.0.0') await demo.steps(...preflight, ...phase1);
    });

    test('leads back when the service was killed', async ({ demo }) => {
      const stored = await switchedOn(demo);
      process.kill((await demo.version()).pid, 'SIGKILL');
      await vi.waitFor(() => expect(demo.version()).rejects.toThrow(), 5000);
      expect((await demo.bash('ops/status')).code).toBe(3);
      await demo.steps(step);
      await expectRolledBack(demo, stored);
      await demo.steps(`${step}-verified`);
    });

    test('leads back when it was interrupted after any of its commands', async ({ demo }) => {
      const stored = await switchedOn(demo);
      const commands = demo.fence(step).text.trimEnd().split('\n');
      for (let done = 2; done < commands.length; done += 1) {
        await demo.steps('choose-release', 'checkout', 'migrate', 'flag-on');
        expect(await demo.bash(commands.slice(0, done).join('\n'))).toMatchObject({ code: 0 });
        await demo.steps(step);
        await expectRolledBack(demo, stored);
      }
    });
  });

  test('orders that were placed with the bulk price keep it, as levels 1 and 2 say', async ({ demo }) => {
    await switchedOn(demo);
    await demo.steps('smoke');
    const total = () => demo.sqlite('SELECT total_cents FROM orders ORDER BY id DESC LIMIT 1');
    expect(total()).toBe(316_694);
    await demo.steps('feature-off');
    expect(total()).toBe(316_694);
    await demo.steps('code-back');
    expect(total()).toBe(316_694);
  });

  test('each verification fails while the feature is still on', async ({ demo }) => {
    await switchedOn(demo);
    for (const { step } of levels) expect((await demo.step(`${step}-verified`)).code, step).toBe(1);
  });

  test('level 2 stops at changes that git would lose, with the service still up; level 3 keeps a copy of them', async ({ demo }) => {
    await switchedOn(demo);
    writeFileSync(demo.path('service/orders.mjs'), 'throw new Error("a hotfix that went wrong");\n');
    expect((await demo.step('code-back')).code).not.toBe(0);
    expect(await demo.version()).toMatchObject({ release: 'v2.0.0' });

    await demo.steps('full-restore', 'full-restore-verified');
    expect(demo.git('status', '--porcelain')).toBe('');
    const patch = readdirSync(demo.path('var/replaced')).find((name) => name.endsWith('.patch'));
    expect(demo.read(`var/replaced/${patch}`)).toContain('a hotfix that went wrong');
  });

  test('level 3 keeps the database that it replaces, with what a crash left beside it', async ({ demo }) => {
    await switchedOn(demo);
    process.kill((await demo.version()).pid, 'SIGKILL');
    writeFileSync(demo.path('var/orders.db'), 'this is no database');
    writeFileSync(demo.path('var/orders.db-journal'), 'left behind');
    await demo.steps('full-restore', 'full-restore-verified');
    const [kept = ''] = readdirSync(demo.path('var/replaced'));
    expect(readdirSync(demo.path(`var/replaced/${kept}`)).sort()).toEqual(['orders.db', 'orders.db-journal']);
    expect(demo.sqlite('PRAGMA integrity_check')).toBe('ok');
  });

  test('level 3 touches nothing when the backup is damaged or gone', async ({ demo }) => {
    await switchedOn(demo);
    const [backup = ''] = readdirSync(demo.path('var/backups'));
    const { pid } = await demo.version();
    writeFileSync(demo.path(`var/backups/${backup}/orders.db`), 'damaged', { flag: 'a' });
    const damaged = await demo.step('full-restore');
    expect(damaged).toMatchObject({ code: 1 });
    expect(damaged.output).toContain('not the one that was saved');

    rmSync(demo.path(`var/backups/${backup}`), { recursive: true });
    const gone = await demo.step('full-restore');
    expect(gone).toMatchObject({ code: 1 });
    expect(gone.output).toContain('There is no backup "before-v2"');
    expect(await demo.version()).toMatchObject({ pid, release: 'v2.0.0', bulkPricing: true });
  });
});

describe.concurrent('the service', () => {
  test('is never mistaken for another program that got its number', async ({ demo }) => {
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      writeFileSync(demo.path('var/service.pid'), `${bystander.pid}\n`);
      expect(await demo.bash('ops/stop')).toMatchObject({ code: 0, output: 'The service is not running.\n' });
      expect(isAlive(bystander.pid ?? 0)).toBe(true);
    } finally {
      bystander.kill();
    }
  });

  test('goes on when the terminal that it was started from is closed', async ({ demo }) => {
    const terminal = spawn('bash', ['-c', 'ops/start; exec sleep 60'], { cwd: demo.folder, detached: true, stdio: 'ignore' });
    const closed = new Promise((resolve) => terminal.once('exit', resolve));
    try {
      const { pid } = await vi.waitFor(() => demo.version(), { timeout: 30_000, interval: 50 });
      process.kill(-(terminal.pid ?? 0), 'SIGHUP');
      await closed;
      expect(await demo.version()).toMatchObject({ pid });
    } finally {
      terminal.kill('SIGKILL');
    }
  });

  test('says so when its port is taken', async ({ demo }) => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(Number(new URL(demo.url).port), '127.0.0.1', resolve));
    try {
      const { code, output } = await demo.step('start-v1');
      expect(code).toBe(1);
      expect(output).toContain('is taken by another program');
    } finally {
      squatter.close();
    }
  });

  test('goes on after a path that is no address', async ({ demo }) => {
    await demo.step('start-v1');
    expect((await fetch(`${demo.url}//`)).status).toBe(404);
    expect((await fetch(`${demo.url}/health`)).status).toBe(200);
  });

  test('says so when the schema is older than the code', async ({ demo }) => {
    const { code, output } = await demo.bash('git checkout --quiet v2.0.0; ops/start');
    expect(code).toBe(1);
    expect(output).toContain('Run: ops/migrate up');
  });

  test('is ended when it does not react any more', async ({ demo }) => {
    await demo.steps('start-v1');
    const { pid } = await demo.version();
    process.kill(pid, 'SIGSTOP');
    const { code, output } = await demo.bash('ops/stop');
    expect(code).toBe(0);
    expect(output).toContain('Killed');
    expect(isAlive(pid)).toBe(false);
  });

  test('ends by itself when its folder is deleted', async ({ demo }) => {
    await demo.steps('start-v1');
    const { pid } = await demo.version();
    rmSync(demo.path('var'), { recursive: true });
    try {
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 30_000, interval: 50 });
    } finally {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
  });
});
