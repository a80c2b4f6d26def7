import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const FILE = 'checks.runbook.md';

const runbook = (base: string): string => `# Checks

## Deploy

**Migrate**:

\`\`\`bash {#migrate exit=0,3}
echo "nothing to migrate"
exit 3
\`\`\`

**Say it**:

\`\`\`bash {#say}
printf 'one  \\ntwo\\n'
\`\`\`

\`\`\`output
one
two
\`\`\`

**Claim it**:

\`\`\`bash {#claim expect=/^ready \\d+$/}
echo "it will be ready 7"
\`\`\`

## Look

**Wait for it**:

\`\`\`bash {#wait check retry=3 every=1s}
test -e ready && echo "it is there"
\`\`\`

**Ask it**:

\`\`\`http {#ask check contains="up" timeout=5s}
GET ${base}/health
Accept: text/plain
\`\`\`

## Rollback

### Level 1: Back

\`\`\`bash
echo "taken back"
\`\`\`

\`\`\`bash {verify expect="gone"}
echo "still here"
\`\`\`
`;

describe('checks in a real terminal', () => {
  let workspace: string;
  let editor: Editor;
  let server: Server;
  let panel: RunbookPanel;
  let records: RunRecords;
  const heard: string[] = [];

  const starts = (stepId: string): Extract<RunEventBody, { type: 'command.started' }>[] =>
    records.bodies().flatMap((body) => (body.type === 'command.started' && body.owner.kind === 'step' && body.owner.stepId === stepId ? [body] : []));
  const ends = (stepId: string): Extract<RunEventBody, { type: 'command.ended' }>[] => {
    const ids = new Set(starts(stepId).map(({ executionId }) => executionId));
    return records.bodies().flatMap((body) => (body.type === 'command.ended' && ids.has(body.executionId) ? [body] : []));
  };
  const confirm = (label: string | RegExp): Promise<void> => panel.frame.getByRole('dialog').filter({ visible: true }).getByRole('button', { name: label }).click();

  beforeAll(async () => {
    server = createServer((request, response) => {
      heard.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.accept ?? ''}`);
      response.writeHead(200, { 'content-type': 'text/plain' }).end('up and running');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    workspace = await workspaceWith({ [FILE]: runbook(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`) });
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, FILE);
    await panel.start();
  });

  afterAll(async () => {
    await editor?.dispose();
    server?.closeAllConnections();
    server?.close();
    await removeWorkspace(workspace);
  });

  it('nothing is sent before somebody asks for it', () => {
    expect(heard).toEqual([]);
  });

  it('takes an allowed exit code for success and keeps the real one', async () => {
    await panel.runNext();
    await panel.waitForStep('Migrate', /exit 3, which is allowed/);
    expect(records.outcomes('migrate')).toEqual([{ kind: 'exited', code: 3 }]);
  });

  it('holds what was printed against what was expected, and not the command that the terminal repeats', async () => {
    await panel.runNext();
    await panel.waitForStep('Say it', /output as expected/);
    await panel.runNext();
    await panel.waitForStep('Claim it', /output not as expected/);
    expect([...ends('say'), ...ends('claim')].map(({ outcome, expectation }) => [outcome, expectation?.result])).toEqual([
      [{ kind: 'exited', code: 0 }, 'passed'],
      [{ kind: 'exited', code: 0 }, 'failed'],
    ]);
  });

  it('runs a check out of its order, tries it again, and leaves the order alone', async () => {
    await panel.pressAt('Wait for it', 'Check now');
    await until(() => starts('wait').length >= 1, { what: 'the first attempt' });
    await writeFile(join(workspace, 'ready'), '');
    await panel.waitForStep('Wait for it', /Last checked.*: passed/);
    const attempts = starts('wait').map(({ attempt, probe }) => [attempt, probe]);
    expect(attempts.length).toBeGreaterThan(0);
    expect(attempts).toEqual(attempts.map((_, place) => [{ number: place + 1, of: 3 }, true]));
    expect(ends('wait').at(-1)?.outcome).toEqual({ kind: 'exited', code: 0 });
    await panel.waitForStep('Claim it', /output not as expected/);
  });

  it('verifies all checks together after showing them, and says what came of it', async () => {
    const before = heard.length;
    await runCommand(editor.page, 'Runbook: Verify…');
    await panel.frame.getByText('Verify this run: run 2 checks?').waitFor();
    expect(heard.length).toBe(before);
    await confirm('Run 2 checks');
    await panel.frame.getByText('Verified 2 checks: 2 passed.').waitFor({ timeout: 30_000 });
    expect(heard.slice(before)).toEqual(['GET /health text/plain']);
    expect(ends('ask').map(({ outcome, expectation }) => [outcome, expectation?.result])).toEqual([[{ kind: 'answered', status: 200 }, 'passed']]);
  });

  it('a service that is gone is a failed check', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await panel.pressAt('Ask it', 'Check now');
    await panel.waitForStep('Ask it', /Last checked.*: failed/);
    expect(ends('ask').at(-1)?.outcome).toMatchObject({ kind: 'unanswered' });
  });

  it('a rollback whose verification prints something else has not succeeded', async () => {
    await panel.press(/Roll back, level 1/);
    await panel.press('Roll back to level 1');
    await panel.frame.getByText(/Its output does not contain “gone”/).first().waitFor({ timeout: 30_000 });
    expect(records.bodies().some(({ type }) => type === 'rollback.ended')).toBe(false);
  });
});
