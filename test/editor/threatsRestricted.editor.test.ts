import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { terminalNames } from '../harness/terminal.ts';
import { packageFolder, VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { forgedRecord, sha256 } from './forgedRecord.ts';
import { RunbookPanel } from './runbookPanel.ts';
import { forge, hostHasRead, hostileWorkspace, MARK, marks, shownRevision, takePanelOver } from './threatKit.ts';
import manifest from '../../package.json' with { type: 'json' };

const UNDO = `touch ${MARK}-undo`;
const RUNBOOK = `# Pulled\n\n**Do it**:\n\n\`\`\`bash {#do-it}\ntouch ${MARK}\n\`\`\`\n\n## Rollback\n\n### Level 1: Undo (2 minutes)\n\n\`\`\`bash\n${UNDO}\n\`\`\`\n`;

/** Whose name stands in git's settings of the tests' home folder: a name that anybody can write. */
const ME = { name: 'Test Person', email: 'person@example.test' };
const RUN = '01KFORGED000000000000000AA';

/** A run of mine that is in the middle of a rollback, and of a command of it. */
const RECORD = forgedRecord(RUN, 'w-forged', ME, [
  { type: 'run.started', title: 'Pulled', file: 'pulled.runbook.md', textSha256: sha256(RUNBOOK), git: null },
  { type: 'rollback.started', rollbackId: 'r1', level: 1, title: 'Undo', budgetSeconds: 120, planSha256: sha256(UNDO), commands: [{ purpose: 'undo', text: UNDO, language: 'bash', line: 14, sha256: sha256(UNDO) }] },
  { type: 'command.started', executionId: 'x1', owner: { kind: 'rollback', rollbackId: 'r1' }, index: 0, count: 1, sha256: sha256(UNDO), text: UNDO, source: null, shell: 'bash', acknowledged: [] },
]);

const EVIL = `#!/bin/sh\ntouch ${MARK}-shell\nexec /bin/bash "$@"\n`;
const SETTINGS = {
  'guidedRunbooks.terminal.shellPath': './evil.sh',
  'terminal.integrated.defaultProfile.linux': 'evil',
  'terminal.integrated.profiles.linux': { evil: { path: './evil.sh' } },
  'terminal.integrated.automationProfile.linux': { path: './evil.sh' },
  'terminal.integrated.env.linux': { BASH_ENV: './evil.sh', PATH: '.' },
  'git.path': './evil.sh',
};
const TASKS = { version: '2.0.0', tasks: [{ label: 'evil', type: 'shell', command: './evil.sh', runOptions: { runOn: 'folderOpen' } }] };

describe('a pull request with a runbook, a record and settings, in Restricted Mode', () => {
  let outer: string;
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;

  beforeAll(async () => {
    ({ outer, workspace } = await hostileWorkspace({
      'pulled.runbook.md': RUNBOOK,
      'evil.sh': EVIL,
      '.vscode/settings.json': JSON.stringify(SETTINGS),
      '.vscode/tasks.json': JSON.stringify(TASKS),
      [`.runbooks/runs/${RUN}/w-forged.jsonl`]: RECORD,
      [`.runbooks/runs/${RUN}/runbook.md`]: RUNBOOK,
    }));
    chmodSync(join(workspace, 'evil.sh'), 0o755);
    const folder = mkdtempSync(join(outer, 'vsix-'));
    const caller = await packageFolder(join(import.meta.dirname, 'fixtures', 'caller'), join(folder, 'caller.vsix'));
    editor = await startEditor({ workspace, extensions: [VSIX, caller], restricted: true });
    await takePanelOver(editor);
    panel = await RunbookPanel.open(editor.page, 'pulled.runbook.md');
  });

  afterAll(async () => {
    await editor?.dispose();
    rmSync(outer, { recursive: true, force: true });
  });

  const nothingRan = async (): Promise<void> => {
    expect(marks(editor, outer, workspace)).toEqual([]);
    expect(await terminalNames(editor.page)).toEqual([]);
    expect(existsSync(join(tmpdir(), MARK))).toBe(false);
  };

  it('everything can be read, and the forged run is nobody’s: it is not taken up', async () => {
    await panel.frame.getByText(/^Restricted Mode/).first().waitFor();
    await panel.frame.getByText(`touch ${MARK}`, { exact: true }).first().waitFor();
    await panel.frame.getByText('No run has been started').first().waitFor();
    expect(await panel.frame.getByText(/Test Person|rolling back|Outcome unknown/i).count()).toBe(0);
    await nothingRan();
  });

  it('buttons say why they do nothing', async () => {
    const labels = await panel.frame.getByRole('button', { name: /not available: .*Restricted Mode/ }).count();
    expect(labels).toBeGreaterThan(0);
  });

  it('messages of the panel start nothing', async () => {
    const revision = await shownRevision(panel);
    const actions = [
      ...['startRun', 'runNext', 'runUntilGate', 'takeOver'].map((action) => ({ type: 'run', action, revision })),
      ...['run', 'retry'].map((action) => ({ type: 'step', action, stepId: 'do-it', revision })),
      ...['planRollback', 'retryRollback'].map((action) => ({ type: 'rollback', action, level: 1, planId: null, revision })),
      { type: 'rollback', action: 'confirmRollback', level: 1, planId: sha256(UNDO), revision },
    ];
    await forge(panel, ...actions);
    await hostHasRead(panel);
    await panel.frame.getByText(/Restricted Mode, so nothing was run|Nobody knows|verified/).first().waitFor();
    await nothingRan();
  });

  it('another extension that calls every command runs nothing, and sees no setting of the workspace that chooses programs', async () => {
    await runCommand(editor.page, 'Caller: Call Everything');
    const file = join(editor.server.folders.userData, 'User', 'globalStorage', 'harness.caller', 'said');
    const said = await until(() => existsSync(file) && readFileSync(file, 'utf8'), { what: 'the other extension to be through', timeoutMs: 150_000 });
    const declared = manifest.contributes.commands.filter(({ command }) => !/showLog|refresh/.test(command)).length;
    expect(said).toBe(`Called ${declared} commands, trusted: false, shellPath: "", profile: "bash", terminals: 0`);
    await nothingRan();
  }, 180_000);

  it('nothing but what is read was started: no run of our own, no private folder', () => {
    expect(readdirSync(join(workspace, '.runbooks', 'runs'))).toEqual([RUN]);
    const storage = join(editor.server.folders.userData, 'User', 'globalStorage');
    const blocks = readdirSync(storage, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('/block'));
    expect(blocks).toEqual([]);
  });
});
