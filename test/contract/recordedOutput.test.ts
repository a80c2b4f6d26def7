import { MemoryFiles } from '../fakes/memoryFiles.ts';
import { ScriptedHttp } from '../fakes/scriptedHttp.ts';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOTHING_PAST } from '../../src/core/status/pastFacts.ts';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { HeadlessExecutor } from '../../src/node/headlessExecutor.ts';
import { SystemIds } from '../../src/node/idSource.ts';
import { inspectRecord } from '../../src/node/record/inspectRecord.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { systemClock } from '../../src/node/systemClock.ts';
import { createSession } from '../../src/session/session.ts';

/* What commands print, from a real shell to the files of a real record. */

let workspace: string;
let storage: string;
beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'runbooks-output-')));
  storage = mkdtempSync(join(tmpdir(), 'runbooks-private-'));
});
afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
  rmSync(storage, { recursive: true, force: true });
});

/** Everything that a run of this block has written to its record: path and text. */
async function written(block: string): Promise<ReadonlyMap<string, string>> {
  const text = `# Deploy\n\n- [ ] Go\n\n  \`\`\`sh\n${block.replace(/^/gm, '  ')}\n  \`\`\`\n`;
  const runs = join(workspace, '.runbooks', 'runs');
  const store = new JsonlStore({ runs, boundary: workspace, claims: join(storage, 'claims') });
  const executor = new HeadlessExecutor({ storage, media: join(import.meta.dirname, '../../media/runner'), base: workspace, watch: { pollMs: 20 } });
  const session = createSession(
    { store, executor, versionControl: { state: () => Promise.resolve(null), checkout: () => Promise.resolve(null), actor: () => Promise.resolve({ name: 'Ada', email: null }) }, clock: systemClock, ids: new SystemIds(), http: new ScriptedHttp(), files: new MemoryFiles(), matches: () => Promise.resolve(null), status: { read: () => Promise.resolve(NOTHING_PAST) }, assertTrusted: () => undefined },
    parseRunbook(text),
    text,
    { file: 'deploy.md', parse: parseRunbook },
  );
  await session.perform({ type: 'startRun' });
  await session.perform({ type: 'step', action: 'run', stepId: session.snapshot.runbook.steps[0]?.id ?? '', revision: session.snapshot.revision });
  await session.whenIdle();
  const runId = session.snapshot.state?.runId ?? '';
  expect([...(session.snapshot.state?.executions.values() ?? [])].map(({ outcome }) => outcome)).toEqual([{ kind: 'exited', code: 0 }]);
  session.dispose();
  executor.dispose();
  await store.dispose();
  const folder = join(runs, runId);
  expect((await inspectRecord(folder)).findings).toEqual([]);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const outputOf = (files: ReadonlyMap<string, string>): string => [...files].find(([name]) => name.startsWith('output'))?.[1] ?? '';

describe('what a command prints', () => {
  test('reaches no reader’s terminal: links, clipboard, titles, claims of an end, sequences that never end', { timeout: 30_000 }, async () => {
    const files = await written("printf 'a\\033]8;;https://evil\\033\\\\link\\033]8;;\\033\\\\ \\033]52;c;ZXZpbA==\\007\\033]0;title\\007\\033]633;D;0\\007\\033[2Jb\\n\\033]never'");
    expect(outputOf(files)).toBe('alink b\n');
    for (const text of files.values()) expect(text).not.toMatch(/\u001b|\\u001b/);
  });

  test('has no secret in it, wherever one was printed', { timeout: 30_000 }, async () => {
    // Made from parts, so that the block itself does not hold them.
    const files = await written("a=hunter; b=two2; printf 'DB_PASSWORD=%s\\n{\"token\": \"%s\"}\\nhttps://ann:%s@example.org/\\n' \"$a$b\" \"$a$b\" \"$a$b\"; printf 'Authorization: Bearer %s%s\\n' $a $b");
    expect(outputOf(files).match(/\[redacted\]/g)).toHaveLength(4);
    for (const [name, text] of files) expect(text, name).not.toContain('huntertwo2');
  });

  test('is limited, in one line of 10 MB too, and says where it was cut', { timeout: 60_000 }, async () => {
    const files = await written("printf 'first\\n'; head -c 10000000 /dev/zero | tr '\\\\0' x; printf '\\nlast\\n'");
    const output = outputOf(files);
    expect(output.length).toBeLessThan(300 * 1024);
    expect([output.startsWith('first\n'), output.endsWith('\nlast\n'), /\n\[… about \d+ [KM]B of output were left out here/.test(output)]).toEqual([true, true, true]);
  });
});
