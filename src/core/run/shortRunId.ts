/** The end of a run's id, by which people tell runs apart: its beginning is the time. */
export function shortRunId(runId: string): string {
  return runId.slice(-4);
}
