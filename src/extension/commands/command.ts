import type { Uri } from 'vscode';
import type { CommandId } from '../contributions.ts';
import type { EngineLoader } from '../engineLoader.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ReadOnlyTexts } from '../readOnlyTexts.ts';
import type { RunbookTree } from '../trees/runbookTree.ts';

/** What commands work with. */
export interface CommandHost {
  readonly engine: EngineLoader;
  readonly log: Log;
  readonly errors: ErrorReporter;
  /** The list of runbooks and their runs. */
  readonly tree: Pick<RunbookTree, 'refresh' | 'filter' | 'setFilter' | 'showMore'>;
  /** Texts that are shown and cannot be edited. */
  readonly texts: ReadOnlyTexts;
  /** Where the files are that ship with the extension. */
  readonly extensionUri: Uri;
}

/** A command of the palette. */
export interface Command {
  readonly id: CommandId;
  /** For messages: `starting a run`. */
  readonly doing: string;
  /**
   * @param args whatever a menu, a CodeLens or another extension passes:
   *   checked like any foreign input, and never a source of command text
   */
  run(host: CommandHost, args: readonly unknown[]): void | Promise<void>;
}
