import type { RunReference } from '../events.ts';
import { shortRunId } from '../shortRunId.ts';

/** `Part of run 01J9X of release/checklist.runbook.md`, of a run of another runbook that one belongs to. */
export function partOfWords(partOf: RunReference): string {
  return `Part of ${referenceWords(partOf)}`;
}

/** `run K3PD of release/checklist.runbook.md` */
export function referenceWords({ runId, file }: RunReference): string {
  return `run ${shortRunId(runId)} of ${file}`;
}
