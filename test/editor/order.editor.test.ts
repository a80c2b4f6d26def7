import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { waitForTerminalText } from '../harness/terminal.ts';
import { watchTerminalLayout } from '../harness/terminalLayout.ts';
import { VSIX } from '../harness/vsix.ts';
import { reloadWindow } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const FILE = 'order.runbook.md';

/** The two steps of the group each wait for what only the other one writes: they end only if they run at the same time. */
const RUNBOOK = `# Order

**Prepare**:

\`\`\`bash {#prepare}
export SHARED=prepared
\`\`\`

**Serve**:

\`\`\`bash {#serve background}
echo serving
until test -e serve.die; do test -e ask && cp ask answer; sleep 0.1; done
exit 9
\`\`\`

**Ask it**:

\`\`\`bash {#ask}
echo question > ask
until cmp -s ask answer; do sleep 0.1; done
cat answer
\`\`\`

## Both at once <!-- {parallel} -->

**West side**:

\`\`\`bash {#left}
export SIDE=left
echo "$SHARED" > left.there
until test -e right.there; do sleep 0.1; done
\`\`\`

**East side**:

\`\`\`bash {#right}
export SIDE=right
echo "$SHARED" > right.there
until test -e left.there; do sleep 0.1; done
\`\`\`

## Behind

**Compare**:

\`\`\`bash {#compare}
echo "side: \${SIDE-none}, shared: $SHARED" > compared
\`\`\`
`;

describe('commands in the background, and at the same time, in real terminals', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  let records: RunRecords;
  let terminalsStored: (terminals: number) => Promise<void>;

  const read = (name: string): string => readFileSync(join(workspace, name), 'utf8').trim();
  const started = (stepId: string): Extract<RunEventBody, { type: 'command.started' }>[] => records.bodies().flatMap((body) => (body.type === 'command.started' && body.owner.kind === 'step' && body.owner.stepId === stepId ? [body] : []));

  beforeAll(async () => {
    workspace = await workspaceWith({ [FILE]: RUNBOOK });
    editor = await startEditor({ workspace, extensions: [VSIX] });
    records = new RunRecords(workspace);
    terminalsStored = await watchTerminalLayout(editor.page);
  });

  afterAll(async () => {
    if (workspace !== undefined) for (const name of ['serve.die', 'left.there', 'right.there']) writeFileSync(join(workspace, name), '');
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('a command in the background is passed, and serves the step behind it', async () => {
    panel = await RunbookPanel.open(editor.page, FILE);
    await panel.start();
    await panel.runNext();
    await panel.waitForStep('Prepare', /exit 0/);
    await panel.runNext();
    await panel.waitForStep('Serve', /running in the background since/, 60_000);
    expect(records.outcomes('serve')).toEqual([null]);
    await panel.runNext();
    await panel.waitForStep('Ask it', /exit 0/);
    expect(read('answer')).toBe('question');
    expect(started('serve')).toMatchObject([{ background: true }]);
  });

  it('its terminal is its own', async () => {
    await panel.pressAt('Serve', 'Show terminal');
    await waitForTerminalText(editor.page, /^serving/m);
  });

  it('two steps that need each other run at the same time, each in a terminal of its own', async () => {
    await panel.runNext();
    await panel.waitForStep('West side', /exit 0/, 60_000);
    await panel.waitForStep('East side', /exit 0/, 60_000);
    expect([started('left')[0]?.lane, started('right')[0]?.lane]).toEqual([1, 2]);
    const order = records.bodies().flatMap((body) => (body.type === 'command.started' && body.lane !== undefined ? ['start'] : body.type === 'command.ended' && [started('left')[0]?.executionId, started('right')[0]?.executionId].includes(body.executionId) ? ['end'] : []));
    expect(order).toEqual(['start', 'start', 'end', 'end']);
    await terminalsStored(4);
  });

  it('each got what was carried, what they exported is carried to nobody, and the panel says so', async () => {
    await panel.waitForStep('East side', /What they exported, and the directories they went to, is not carried on/);
    await panel.runNext();
    await panel.waitForStep('Compare', /exit 0/);
    expect([read('left.there'), read('right.there'), read('compared')]).toEqual(['prepared', 'prepared', 'side: none, shared: prepared']);
  });

  it('over a reload of the window it is found again, running', async () => {
    await reloadWindow(editor.page);
    await panel.waitForStep('Serve', /running in the background since/);
    expect(records.outcomes('serve')).toEqual([null]);
  });

  it('one that dies is noticed, and can be started again', async () => {
    writeFileSync(join(workspace, 'serve.die'), '');
    await panel.frame.getByText(/“Serve” no longer runs in the background/).first().waitFor();
    await panel.waitForStep('Serve', /it ended by itself: exit 9/);
    expect(records.outcomes('serve')).toEqual([{ kind: 'exited', code: 9 }]);
  });

  it('the end of the run stops it, and records how it ended', async () => {
    rmSync(join(workspace, 'serve.die'));
    await panel.pressAt('Serve', /^Retry/);
    await panel.waitForStep('Serve', /running in the background since/, 60_000);
    expect(existsSync(join(workspace, 'serve.die'))).toBe(false);
    await panel.press('Finish run');
    await until(() => records.bodies().some(({ type }) => type === 'run.ended'), { what: 'the end of the run', timeoutMs: 60_000 });
    // Two windows wrote, each in a file of its own: only the times say which was first.
    expect(records.outcomes('serve').map((outcome) => outcome?.kind).sort()).toEqual(['cancelled', 'exited']);
    const inTime = records.events().sort((one, other) => one.time.localeCompare(other.time));
    expect(inTime.slice(-2).map(({ body }) => body.type)).toEqual(['command.ended', 'run.ended']);
    await panel.waitForStep('Serve', /ran in the background, stopped/);
  });
});
