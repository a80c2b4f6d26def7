import { dirname, join } from 'node:path';
import { commands, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { ReportFormat } from '../runs/recordActs.ts';
import type { Command } from './command.ts';
import { runTarget } from './runTarget.ts';

const formats: readonly (QuickPickItem & { readonly format: ReportFormat })[] = [
  { label: 'Markdown', description: 'for a pull request', format: 'md' },
  { label: 'HTML', description: 'one page with the timeline', format: 'html' },
  { label: 'JSON', description: 'for other programs', format: 'json' },
];

/** Writes the report of a run where the person says. */
export const exportReportCommand: Command = {
  id: 'guidedRunbooks.exportReport',
  doing: 'exporting a report',
  async run(host, args) {
    const target = await runTarget(host, args, 'Export the report of which run?');
    if (target === undefined) return;
    const { engine, run } = target;
    const chosen = await window.showQuickPick(formats, { title: 'Export Report', placeHolder: 'Format' });
    if (chosen === undefined) return;
    const name = `run-${run.summary.runId}.${chosen.format}`;
    const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? dirname(run.folder);
    const file = await window.showSaveDialog({ title: 'Export Report', defaultUri: Uri.file(join(root, name)), filters: { [chosen.label]: [chosen.format] } });
    if (file === undefined) return;
    await workspace.fs.writeFile(file, Buffer.from(await engine.acts.report(run.folder, chosen.format), 'utf8'));
    const open = 'Open';
    void window.showInformationMessage(`The report was written to ${workspace.asRelativePath(file)}.`, open).then((answer) => {
      if (answer === open) void commands.executeCommand('vscode.open', file);
    });
  },
};
