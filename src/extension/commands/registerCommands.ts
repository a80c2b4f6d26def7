import { commands, Disposable } from 'vscode';
import { acceptAnnotationsCommand, annotateCommand, discardAnnotationsCommand } from './annotate.ts';
import type { Command, CommandHost } from './command.ts';
import { commitRecordCommand } from './commitRecord.ts';
import { compareRunsCommand } from './compareRuns.ts';
import { deleteRunCommand } from './deleteRun.ts';
import { endRunCommand } from './endRun.ts';
import { endSoakCommand } from './endSoak.ts';
import { newPostMortemCommand } from './newPostMortem.ts';
import { newRunbookCommand } from './newRunbook.ts';
import { exportReportCommand } from './exportReport.ts';
import { clearRunFilterCommand, filterRunsCommand } from './filterRuns.ts';
import { forceStopCommand } from './forceStop.ts';
import { markStepDoneCommand } from './markStepDone.ts';
import { openPanelCommand, openPanelToSideCommand } from './openPanel.ts';
import { openRecordCommand } from './openRecord.ts';
import { openSourceCommand } from './openSource.ts';
import { pushRecordCommand } from './pushRecord.ts';
import { rebaseRunCommand } from './rebaseRun.ts';
import { refreshRunbooksCommand } from './refreshRunbooks.ts';
import { retryStepCommand } from './retryStep.ts';
import { rollBackCommand } from './rollBack.ts';
import { runNextCommand } from './runNext.ts';
import { runStepAtCursorCommand } from './runStepAtCursor.ts';
import { runUntilGateCommand } from './runUntilGate.ts';
import { showChangesCommand } from './showChanges.ts';
import { showLogCommand } from './showLog.ts';
import { showMoreRunsCommand } from './showMoreRuns.ts';
import { showTerminalCommand } from './showTerminal.ts';
import { skipStepCommand } from './skipStep.ts';
import { startRunCommand } from './startRun.ts';
import { stopMonitorsCommand } from './stopMonitors.ts';
import { stopStepCommand } from './stopStep.ts';
import { tickStepCommand } from './tickStep.ts';
import { verifyCommand } from './verify.ts';
import { watchMonitorsCommand } from './watchMonitors.ts';

/** Every command; the manifest test compares their ids with package.json. */
const allCommands: readonly Command[] = [
  newRunbookCommand,
  annotateCommand,
  acceptAnnotationsCommand,
  discardAnnotationsCommand,
  openPanelCommand,
  openPanelToSideCommand,
  openSourceCommand,
  startRunCommand,
  runNextCommand,
  runUntilGateCommand,
  verifyCommand,
  runStepAtCursorCommand,
  stopStepCommand,
  forceStopCommand,
  retryStepCommand,
  skipStepCommand,
  markStepDoneCommand,
  tickStepCommand,
  rollBackCommand,
  endSoakCommand,
  watchMonitorsCommand,
  stopMonitorsCommand,
  rebaseRunCommand,
  showChangesCommand,
  endRunCommand,
  showTerminalCommand,
  openRecordCommand,
  commitRecordCommand,
  pushRecordCommand,
  exportReportCommand,
  newPostMortemCommand,
  compareRunsCommand,
  deleteRunCommand,
  filterRunsCommand,
  clearRunFilterCommand,
  showMoreRunsCommand,
  showLogCommand,
  refreshRunbooksCommand,
];

/** Registers all commands. What one throws is shown once. */
export function registerCommands(host: CommandHost): Disposable {
  return Disposable.from(
    ...allCommands.map((command) =>
      commands.registerCommand(command.id, (...args: unknown[]) =>
        host.errors.guard(command.doing, () => command.run(host, args)),
      ),
    ),
  );
}
