import { workspace } from 'vscode';
import { environmentsIn, type EnvironmentStatus } from '../../core/status/environmentStatus.ts';
import type { StatusIndexes } from '../../node/record/statusIndex.ts';
import { runFoldersOf } from '../sessions/recordPlace.ts';
import { isOnDisk } from '../workspacePaths.ts';

/** What the records of a workspace folder say of its environments. */
export interface FolderStatus {
  /** Name of the workspace folder where there are several; else empty. */
  readonly folder: string;
  /** Tells workspace folders of the same name apart. */
  readonly id: string;
  readonly environments: readonly EnvironmentStatus[];
  /** Records that are not whole, in words. */
  readonly odd: readonly { readonly runId: string; readonly words: string }[];
  /** Words for a point in time. */
  readonly formatTime: (iso: string) => string;
  /** The folder (absolute) of a run's record; null when it is gone. */
  readonly recordOf: (runId: string) => string | null;
}

/** What is deployed where, by the records of each workspace folder: the same name in two folders is two environments. */
export class Environments {
  readonly #storage: string;
  readonly #indexes: StatusIndexes;
  readonly #formatTime: (iso: string) => string;

  /**
   * @param storage the extension's global storage folder
   * @param indexes shared with the panels, so that nothing is read twice
   */
  constructor(storage: string, indexes: StatusIndexes, formatTime: (iso: string) => string) {
    this.#storage = storage;
    this.#indexes = indexes;
    this.#formatTime = formatTime;
  }

  /** As the records are now. */
  read(): Promise<readonly FolderStatus[]> {
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => isOnDisk(uri));
    return Promise.all(folders.map(async ({ uri, name }) => {
      const index = this.#indexes.at(Object.values(runFoldersOf(uri, this.#storage)));
      const { runs, odd } = await index.read();
      return { folder: folders.length > 1 ? name : '', id: uri.toString(), environments: environmentsIn(runs), odd, formatTime: this.#formatTime, recordOf: (runId: string) => index.folderOf(runId) };
    }));
  }
}
