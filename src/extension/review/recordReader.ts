import { workspace } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { anchorOf } from '../../node/record/anchor.ts';
import { inspectRecord } from '../../node/record/inspectRecord.ts';
import type { JsonlStore } from '../../node/record/jsonlStore.ts';
import { findFolder } from '../../node/record/safeFolder.ts';
import type { RecordReader } from '../../session/review/reviewApi.ts';
import type { RecordFolder } from './recordFolder.ts';

/** Reads a record from its folder. Follows no link out of the workspace folder, and asks git nothing that would run something. */
export function recordReader({ runId, folder, boundary }: RecordFolder, store: JsonlStore): RecordReader {
  return {
    inspect: async () => {
      const real = await findFolder(boundary, folder);
      if (real === null) throw errors.noSuchRun(runId);
      return inspectRecord(real);
    },
    anchor: () => anchorOf(folder, { isTrusted: workspace.isTrusted }),
    readText: (sha256) => store.readText(runId, sha256),
  };
}
