import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { Uri } from 'vscode';
import { RUN_ID, WRITER_FILE } from '../../node/record/names.ts';
import { folderOf } from '../workspacePaths.ts';

/** Where a record lies. */
export interface RecordFolder {
  readonly runId: string;
  /** The run's own folder. */
  readonly folder: string;
  /** Folder that holds a folder for each run. */
  readonly runs: string;
  /** Folder that the record must not lead out of. */
  readonly boundary: string;
  /** Directory that git is asked about and that paths in the record are relative to. */
  readonly base: string;
}

/** The record that a file of it belongs to, or its folder is; undefined for anything that does not look like one. */
export function recordFolderOf(uri: Uri): RecordFolder | undefined {
  if (uri.scheme !== 'file') return undefined;
  const parts = uri.fsPath.split(sep);
  const at = parts.findLastIndex((part, index) => part === 'runs' && parts[index - 1] === '.runbooks');
  // Records of documents outside any workspace folder lie in the editor's own storage.
  const runs = at >= 0 ? parts.slice(0, at + 1).join(sep) : runsElsewhere(uri.fsPath);
  const runId = runs === undefined ? undefined : uri.fsPath.slice(runs.length + 1).split(sep)[0];
  if (runs === undefined || runId === undefined || !RUN_ID.test(runId)) return undefined;
  const base = folderOf(uri)?.uri.fsPath ?? (at >= 0 ? dirname(dirname(runs)) : runs);
  return { runId, folder: join(runs, runId), runs, boundary: base, base };
}

function runsElsewhere(path: string): string | undefined {
  if (RUN_ID.test(basename(path))) return dirname(path);
  return WRITER_FILE.test(basename(path)) ? dirname(dirname(path)) : undefined;
}

/** A file by which the record is opened: the first writer's. Undefined when there is none. */
export async function fileOfRecord({ folder }: RecordFolder): Promise<Uri | undefined> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (WRITER_FILE.test(name) && (await lstat(path)).isFile()) return Uri.file(path);
  }
  return undefined;
}
