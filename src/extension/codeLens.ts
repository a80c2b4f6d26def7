import { CodeLens, type CodeLensProvider, type Disposable, EventEmitter, languages, Range, type TextDocument, workspace } from 'vscode';
import type { CommandId } from './contributions.ts';
import { DisposableStore } from './dispose.ts';
import type { EngineLoader } from './engineLoader.ts';
import { isRunbookDocument } from './runbookFiles.ts';
import { concerns, readSetting } from './settings.ts';

/** "Open runbook" and "Run step" in the source of runbooks; nothing at all in other Markdown. */
export class RunbookLensProvider implements CodeLensProvider {
  readonly #engine: EngineLoader;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(engine: EngineLoader) {
    this.#engine = engine;
  }

  register(): Disposable {
    this.#store.add(languages.registerCodeLensProvider({ language: 'markdown' }, this));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (concerns(event, 'codeLens.enabled') || concerns(event, 'include')) this.#changed.fire();
      }),
    );
    return this.#store;
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!isRunbookDocument(document) || !readSetting('codeLens.enabled', document.uri)) return [];
    const engine = await this.#engine.load();
    const steps = engine.stepLenses(document);
    const open = lens(0, 'Open runbook', 'guidedRunbooks.openPanel', [document.uri]);
    return [open, ...steps.map(({ stepId, line }) => lens(line - 1, 'Run step', 'guidedRunbooks.runStepAtCursor', [document.uri, stepId]))];
  }
}

function lens(line: number, title: string, command: CommandId, args: unknown[]): CodeLens {
  return new CodeLens(new Range(line, 0, line, 0), { title, command, arguments: args });
}
