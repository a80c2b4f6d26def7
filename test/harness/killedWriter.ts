/**
 * A window that records until it is killed, for killRounds.ts: begins a run of
 * its own, then goes on with one that it shares. Prints the run and the id of
 * each event once the store has confirmed it.
 */
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';

const [workspace = '', claims = '', own = '', shared = ''] = process.argv.slice(2);
const store = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims });
let count = 0;

async function record(run: string, body: RunEventBody): Promise<void> {
  const id = `${String(process.pid)}-${String((count += 1))}`;
  await store.append({ id, run, time: new Date().toISOString(), actor: { name: 'Ada', email: null }, body });
  writeSync(1, `${run} ${id}\n`);
}

async function begin(run: string): Promise<void> {
  const text = `# Deploy\n\n${'- [ ] step\n'.repeat(200)}`;
  await store.saveText(run, text);
  await record(run, { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: createHash('sha256').update(text).digest('hex'), git: null });
}

await begin(own);
if ((await store.read(shared)).events.length === 0) await begin(shared);
for (let at = 0; ; at += 1) {
  const executionId = `x-${String(process.pid)}-${String(at)}`;
  await record(shared, { type: 'command.started', executionId, owner: { kind: 'step', stepId: `s${String(at % 7)}` }, index: 0, count: 1, sha256: 'a'.repeat(64), text: 'true\n', source: null, shell: 'sh', acknowledged: [] });
  const output = await store.saveOutput(shared, executionId, { text: 'line\n'.repeat((at * 997) % 9_000), cut: false });
  await record(shared, { type: 'command.ended', executionId, outcome: { kind: 'exited', code: 0 }, durationMs: at, environmentCarried: true, outputTail: 'x'.repeat((at * 331) % 5_000), output });
  await record(shared, { type: 'step.ticked', stepId: `t${String(at)}`, note: null });
}
