import type { ExtensionContext } from 'vscode';
import { RunbookLensProvider } from './codeLens.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { ContextKeys } from './contextKeys.ts';
import { EngineLoader } from './engineLoader.ts';
import { ErrorReporter } from './errors.ts';
import { KeptTextProvider } from './keptText.ts';
import { registerFindingHelp } from './language/findingHelp.ts';
import { loadForRunbooks } from './language/loadForRunbooks.ts';
import { Log } from './log.ts';
import { PanelProvider } from './panel/panelProvider.ts';
import { ReadOnlyTexts } from './readOnlyTexts.ts';
import { RecordProvider } from './review/recordProvider.ts';
import { resumeRuns } from './sessions/resumeRuns.ts';
import { followActiveSource } from './sourceContext.ts';
import { RunStatusBar } from './statusBar.ts';
import { EnvironmentTree } from './trees/environmentTree.ts';
import { RunbookTree } from './trees/runbookTree.ts';

/** Registers what the manifest promises. Nothing is read or run here. */
export function activate(context: ExtensionContext): void {
  const log = new Log();
  const errors = new ErrorReporter(log);
  const keys = new ContextKeys();
  const engine = new EngineLoader({ context, log, errors });
  const tree = new RunbookTree(engine, keys, context.globalStorageUri.fsPath);
  const texts = new ReadOnlyTexts();
  engine.whenLoaded((loaded) => context.subscriptions.push(new RunStatusBar(loaded, keys)));
  context.subscriptions.push(
    log,
    engine,
    new PanelProvider(engine, errors).register(),
    new RecordProvider(engine, errors).register(),
    new RunbookLensProvider(engine).register(),
    new KeptTextProvider(engine).register(),
    tree.register(),
    new EnvironmentTree(engine).register(),
    texts.register(),
    followActiveSource(keys),
    loadForRunbooks(engine, errors),
    registerFindingHelp(context.extensionUri),
    registerCommands({ engine, log, errors, tree, texts, extensionUri: context.extensionUri }),
  );
  void errors.guard('looking for runs that were interrupted', () => resumeRuns(engine, context.globalStorageUri.fsPath));
}
