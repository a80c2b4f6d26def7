import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const COUNT = 40;
const steps = Array.from({ length: COUNT }, (_, index) => `**Step number ${index}**:\n\n\`\`\`bash\necho "this is ${index}"\n\`\`\`\n`);

describe('commands that follow each other as quickly as they can', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'quick.runbook.md': `# Quick\n\n${steps.join('\n')}` });
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('are each heard, and nothing of one is taken for the output of another', async () => {
    const panel = await RunbookPanel.open(editor.page, 'quick.runbook.md');
    await panel.start();
    await panel.press('Run until the next gate');
    await panel.waitForStep(`Step number ${COUNT - 1}`, /exit 0/, 90_000);
    const ends = new RunRecords(workspace).bodies().filter((body) => body.type === 'command.ended');
    expect(ends.map(({ outputTail }) => outputTail)).toEqual(steps.map((_, index) => `this is ${index}`));
  });
});
