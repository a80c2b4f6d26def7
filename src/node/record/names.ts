/** A run's folder is called as its run. */
export const RUN_ID = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;
/** The file of one writer; the group is the writer's id. */
export const WRITER_FILE = /^([\w-]{1,64})\.jsonl$/;
/** Folder of what commands printed, a file for each execution. */
export const OUTPUT_FOLDER = 'output';
/** An execution whose output can be kept: its id becomes a name of a file. */
export const EXECUTION_ID = /^[\w-]{1,64}$/;

const HASH = /^[0-9a-f]{64}$/;

/** The text at the start of a run, or one that a rebase took: that has its SHA-256 (hex) in its name. Throws for what is none. */
export function textFile(sha256?: string): string {
  if (sha256 === undefined) return 'runbook.md';
  if (!HASH.test(sha256)) throw new Error('no SHA-256 in hex');
  return `runbook.${sha256}.md`;
}
