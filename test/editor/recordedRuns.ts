import { MemoryFiles } from '../fakes/memoryFiles.ts';
import { ScriptedHttp } from '../fakes/scriptedHttp.ts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOTHING_PAST } from '../../src/core/status/pastFacts.ts';
import type { Actor } from '../../src/core/run/events.ts';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { HeadlessExecutor } from '../../src/node/headlessExecutor.ts';
import { SystemIds } from '../../src/node/idSource.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import type { RunSession } from '../../src/session/api.ts';
import { createSession } from '../../src/session/session.ts';
import { act, answer } from '../fakes/sessionKit.ts';

export const ADA: Actor = { name: 'Ada Lovelace', email: 'ada@example.org' };
export const MARY: Actor = { name: 'Mary Somerville', email: 'mary@example.org' };

/** A runbook that fails at its health check until `healthy` is there. */
export const ORDERS = `# Deploy the orders service

**Owner**: Platform team

## Pre-flight

- [ ] Backup of the database checked <!-- {#backup} -->
- [ ] Support team told <!-- {#told} -->

## Phase 1: Canary (5 minutes)

Send a tenth of the sessions to the new release.

1. Restart the service <!-- {#restart} -->

   \`\`\`bash
   echo "stopping orders 1.8.2"
   for n in $(seq 400); do echo "draining connection $n of 400, please wait"; done
   sleep 1
   echo "starting orders 1.9.0"
   \`\`\`

2. Wait until it is healthy <!-- {#health} -->

   \`\`\`bash
   test -f healthy || { echo "GET /health: 503 Service Unavailable" >&2; exit 22; }
   echo "GET /health: 200 OK"
   \`\`\`

## Go/No-Go Decision

- [ ] **GO**: open the release to everyone <!-- {#go} -->
- [ ] **NO-GO**: stay with the canary <!-- {#nogo} -->

## Rollback

### Level 1: Feature toggle (1 minute)

\`\`\`bash
echo "orders flag: off"
sleep 1
\`\`\`
`;

/** A clock that can be put forward, so that a run of seconds looks like one of minutes. */
class PushedClock {
  #ahead = -45 * 60_000;

  now(): number {
    return Date.now() + this.#ahead;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  }

  push(seconds: number): void {
    this.#ahead += seconds * 1000;
  }
}

/** A person who drives a run of `orders.runbook.md` without an editor: the same session, store and runner. */
export class Driver {
  readonly session: RunSession;
  readonly clock = new PushedClock();
  readonly workspace: string;

  constructor(workspace: string, session: (clock: PushedClock) => RunSession) {
    this.workspace = workspace;
    this.session = session(this.clock);
  }

  async do(action: Parameters<typeof act>[1], stepId: string, reason?: string): Promise<void> {
    await act(this.session, action, stepId);
    if (this.session.snapshot.prompt !== null) await answer(this.session, reason === undefined ? {} : { reason });
    await this.session.whenIdle();
  }

  async rollBack(level: number, seconds: number): Promise<void> {
    await this.session.perform({ type: 'planRollback', level, revision: this.session.snapshot.revision });
    const { plan } = this.session.snapshot;
    // The clock is put forward while the rollback runs: it takes longer than it may.
    const late = this.clock.after(300, () => this.clock.push(seconds));
    await this.session.perform({ type: 'confirmRollback', level, planId: plan?.planId ?? '' });
    await this.session.whenIdle();
    late();
  }
}

/** Records a run in a workspace and returns its folder. */
export async function recordRun(workspace: string, actor: Actor, drive: (driver: Driver) => Promise<void>): Promise<string> {
  const storage = mkdtempSync(join(tmpdir(), 'runbooks-recorded-'));
  const runs = join(workspace, '.runbooks', 'runs');
  const store = new JsonlStore({ runs, boundary: workspace, claims: join(storage, 'claims') });
  const executor = new HeadlessExecutor({ storage, media: join(import.meta.dirname, '../../media/runner'), base: workspace, watch: { pollMs: 20 } });
  const git = { branch: 'main', commit: '3f2a1c9d00000000000000000000000000000000', clean: true };
  const driver = new Driver(workspace, (clock) =>
    createSession(
      { executor, store, clock, ids: new SystemIds(() => clock.now()), versionControl: { state: () => Promise.resolve(git), checkout: () => Promise.resolve(null), actor: () => Promise.resolve(actor) }, http: new ScriptedHttp(), files: new MemoryFiles(), matches: () => Promise.resolve(null), status: { read: () => Promise.resolve(NOTHING_PAST) }, assertTrusted: () => undefined },
      parseRunbook(ORDERS),
      ORDERS,
      { file: 'orders.runbook.md', parse: parseRunbook },
    ),
  );
  try {
    await driver.session.perform({ type: 'startRun' });
    await drive(driver);
    return join(runs, driver.session.snapshot.state?.runId ?? '');
  } finally {
    driver.session.dispose();
    await store.dispose();
    rmSync(storage, { recursive: true, force: true });
  }
}

/** It fails once, and goes well the second time. */
export async function goWell(driver: Driver): Promise<void> {
  driver.clock.push(40);
  await driver.do('tick', 'backup');
  driver.clock.push(20);
  await driver.do('skip', 'told', 'night shift, nobody is there');
  driver.clock.push(60);
  await driver.do('run', 'restart');
  await driver.do('run', 'health');
  driver.clock.push(150);
  writeFileSync(join(driver.workspace, 'healthy'), '');
  await driver.do('retry', 'health');
  rmSync(join(driver.workspace, 'healthy'));
  driver.clock.push(240);
  await driver.do('go', 'go');
  await driver.session.perform({ type: 'endRun' });
}

/** It fails, and is taken back more slowly than it was meant to be. */
export async function goBack(driver: Driver): Promise<void> {
  driver.clock.push(15);
  await driver.do('tick', 'backup');
  driver.clock.push(10);
  await driver.do('tick', 'told');
  driver.clock.push(30);
  await driver.do('run', 'restart');
  await driver.do('run', 'health');
  driver.clock.push(45);
  await driver.rollBack(1, 95);
  driver.clock.push(10);
  await driver.session.perform({ type: 'endRun' });
}

/** Stops in the middle. */
export async function goHalf(driver: Driver): Promise<void> {
  driver.clock.push(25);
  await driver.do('tick', 'backup');
  driver.clock.push(30);
  await driver.do('markDone', 'told', 'told them on the phone');
  driver.clock.push(60);
  await driver.do('run', 'restart');
}

/** Changes a letter in a line (from 1) of a record's only file. */
export function damage(folder: string, line: number): string {
  const name = readdirSync(folder).find((each) => each.endsWith('.jsonl')) ?? '';
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  lines[line - 1] = (lines[line - 1] ?? '').replace('"time"', '"tyme"');
  writeFileSync(join(folder, name), lines.join('\n'));
  return name;
}

/** Runs git in a folder, as a person with a name there. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, '-c', 'commit.gpgsign=false', ...args], { encoding: 'utf8' });
}
