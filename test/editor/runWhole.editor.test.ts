import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, startEditor } from '../harness/editor.ts';
import { runWhole } from '../harness/runWhole.ts';
import { VSIX } from '../harness/vsix.ts';
import { RunRecords } from './runRecord.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const GOOD = `---
runbook: 1
environments:
  staging: { env: { WHERE: here } }
  production: { confirm: production, env: { WHERE: there } }
inputs:
  NAME: { pattern: "\\\\w+" }
---
# Everything that can be asked

- [ ] Told the team <!-- {#told evidence} -->

**Greet**:

\`\`\`bash {#greet}
echo "hello $NAME, $WHERE"
\`\`\`

## Go/No-Go

- [ ] **No-Go**: something is wrong <!-- {#no-go} -->
- [ ] **Go**: all is well <!-- {#go} -->

## Carefully <!-- {soak=2s} -->

**Switch over**:

\`\`\`bash {#switch confirm="switch" retry=3 every=1s}
[ -e tried ] || { touch tried; exit 1; }
\`\`\`

## Both <!-- {parallel} -->

**One**:

\`\`\`bash {#one}
echo 1
\`\`\`

**Two**:

\`\`\`bash {#two}
echo 2
\`\`\`

## Sign-off

- [ ] **Deployer**: done <!-- {#deployer} -->
`;

const BAD = `# It goes wrong

- [ ] Look <!-- {#look} -->

**Break**:

\`\`\`bash {#break}
echo "the reason is here"; exit 7
\`\`\`
`;

let workspace: string;
let editor: Editor;

beforeAll(async () => {
  workspace = await workspaceWith({ 'good.runbook.md': GOOD, 'bad.runbook.md': BAD });
  execFileSync('git', ['init', '--quiet'], { cwd: workspace });
  editor = await startEditor({ workspace, extensions: [VSIX] });
});
afterAll(async () => {
  await editor?.dispose();
  await removeWorkspace(workspace);
});

describe('a whole run, driven by what the panel shows', () => {
  it('is started with its word, answered, decided, waited for and ended', async () => {
    const panel = await RunbookPanel.open(editor.page, 'good.runbook.md');
    const met: string[] = [];
    await runWhole(panel, { environment: 'production', values: { NAME: 'Ada' }, evidence: { told: 'https://example.org/1' }, before: (id) => void met.push(id) });
    const records = new RunRecords(workspace);
    expect(records.bodies().at(-1)).toMatchObject({ type: 'run.ended', outcome: 'completed' });
    expect(records.outcomes('greet')).toEqual([{ kind: 'exited', code: 0 }]);
    expect(records.outcomes('switch')).toEqual([{ kind: 'exited', code: 1 }, { kind: 'exited', code: 0 }]);
    expect(met).toEqual(expect.arrayContaining(['told', 'greet', 'switch', 'deployer']));
  });

  it('that fails is said with the step and what it printed', async () => {
    const panel = await RunbookPanel.open(editor.page, 'bad.runbook.md');
    await expect(runWhole(panel)).rejects.toThrow(/Step break: [\s\S]*exit 7[\s\S]*the reason is here/);
  });
});
