import { commands, type Disposable, window } from 'vscode';
import { activeFirings } from '../core/monitor/activeFirings.ts';
import type { CommandId } from './contributions.ts';
import type { Panels } from './panel/panels.ts';
import type { DocumentSession } from './sessions/documentSession.ts';
import type { SessionRegistry } from './sessions/registry.ts';

const OPEN: CommandId = 'guidedRunbooks.openPanel';
const SHOW = 'Show Runbook';

/**
 * Tells a person once that a trigger has fired when they do not see its panel,
 * and offers to look. Over the panel, which says it itself, a message would
 * cover the very levels that it speaks of.
 */
export class FiringNotices implements Disposable {
  readonly #panels: Panels;
  readonly #listening: Disposable;
  /** Runs that were seen here before: what had fired by then is no news. */
  readonly #runs = new Set<string>();
  readonly #told = new Set<string>();

  constructor(registry: SessionRegistry, panels: Panels) {
    this.#panels = panels;
    this.#listening = registry.onDidChange(() => registry.active.forEach((session) => this.#look(session)));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #look(target: DocumentSession): void {
    const { state } = target.session.snapshot;
    if (state?.runId == null) return;
    const isNew = !this.#runs.has(state.runId);
    this.#runs.add(state.runId);
    for (const { trigger, at, words, level } of activeFirings(state)) {
      const key = `${state.runId} ${trigger} ${at}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      if (!isNew && !this.#panels.isVisible(target.uri)) void this.#tell(target, `${state.title}: ${words}.${level === null ? '' : ` The runbook advises rollback level ${String(level)}.`} Nothing was run.`);
    }
  }

  async #tell({ uri }: DocumentSession, words: string): Promise<void> {
    if ((await window.showWarningMessage(words, SHOW)) === SHOW) await commands.executeCommand(OPEN, uri);
  }
}
