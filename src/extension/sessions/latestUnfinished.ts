import type { EventStore } from '../../session/ports.ts';

/** Only so many runs are looked at, newest first. */
const NEWEST = 20;

/**
 * The newest run of a runbook that has not ended and that was driven from here;
 * null when there is none. Records of others come with git; the names in them
 * are only stated, so they do not say whose run it is.
 *
 * @param file the runbook's path as the record has it
 * @param isKnown whether a run was driven from this machine and folder
 */
export async function latestUnfinished(store: EventStore, file: string, isKnown: (runId: string) => Promise<boolean>): Promise<string | null> {
  for (const runId of (await store.list()).slice(0, NEWEST)) {
    if (!(await isKnown(runId))) continue;
    const { events } = await store.read(runId);
    const start = events.find(({ body }) => body.type === 'run.started');
    if (start?.body.type !== 'run.started' || start.body.file !== file) continue;
    return events.some(({ body }) => body.type === 'run.ended') ? null : runId;
  }
  return null;
}
