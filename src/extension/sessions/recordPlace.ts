import { createHash } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import type { Uri } from 'vscode';
import { readSetting } from '../settings.ts';
import { folderOf, isOnDisk } from '../workspacePaths.ts';

/** Where the runs of a document are recorded, and how the record names it. */
export interface RecordPlace {
  /** Folder that holds a folder for each run. */
  readonly runs: string;
  /** Folder that the record must not leave. */
  readonly boundary: string;
  /** Directory that commands start in and that git is asked about. */
  readonly base: string;
  /** The document's path as the record has it. */
  readonly file: string;
  /** `workspace`: beside the runbook, can be committed. `private`: the person chose to keep it out of git. `outside`: the runbook is in no workspace folder. */
  readonly kind: 'workspace' | 'private' | 'outside';
}

/** Where the runs of a workspace folder can lie, whatever the setting says now. */
export function runFoldersOf(folder: Uri, storage: string): Readonly<Record<'workspace' | 'private', Pick<RecordPlace, 'runs' | 'boundary'>>> {
  const base = folder.fsPath;
  // Not in the folder under `.git/info/exclude`: `git clean -x` takes away what is excluded, `git add -f` and
  // other tools take it along, and the person's repository would have to be configured for it.
  const key = createHash('sha256').update(base).digest('hex').slice(0, 16);
  return {
    workspace: { runs: join(base, '.runbooks', 'runs'), boundary: base },
    private: { runs: join(storage, 'private', key, 'runs'), boundary: storage },
  };
}

/** Where the runs of documents lie that are in no workspace folder. */
export function runsOutside(storage: string): Pick<RecordPlace, 'runs' | 'boundary'> {
  return { runs: join(storage, 'runs'), boundary: storage };
}

/** The place that the setting asks for now: see `guidedRunbooks.record.location`. */
export function chosenKind(document: Uri): RecordPlace['kind'] {
  if (folderOf(document) === undefined) return 'outside';
  return readSetting('record.location', document) === 'private' ? 'private' : 'workspace';
}

/**
 * Every place where runs of a document can be, the one for new runs first. In a
 * workspace folder: `.runbooks/runs` there, so that the record can be committed,
 * or the extension's storage where the setting says so. Elsewhere: the storage.
 *
 * @param storage the extension's global storage folder
 */
export function recordPlaces(document: Uri, storage: string): readonly [RecordPlace, ...RecordPlace[]] {
  const folder = folderOf(document);
  if (folder !== undefined) {
    const base = folder.uri.fsPath;
    const file = relative(base, document.fsPath).split(sep).join('/');
    const folders = runFoldersOf(folder.uri, storage);
    const workspace: RecordPlace = { ...folders.workspace, base, file, kind: 'workspace' };
    const apart: RecordPlace = { ...folders.private, base, file, kind: 'private' };
    return chosenKind(document) === 'private' ? [apart, workspace] : [workspace, apart];
  }
  const file = isOnDisk(document) ? document.fsPath : document.toString();
  return [{ ...runsOutside(storage), base: isOnDisk(document) ? dirname(document.fsPath) : storage, file, kind: 'outside' }];
}
