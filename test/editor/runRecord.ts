import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, RunEvent, RunEventBody } from '../../src/core/run/events.ts';
import { decodeLine } from '../../src/node/record/lines.ts';

type RecordedEvent = Pick<RunEvent, 'time' | 'body'>;

/** The records of a workspace's runs, read from the files that would be committed. */
export class RunRecords {
  readonly #runs: string;

  constructor(workspace: string) {
    this.#runs = join(workspace, '.runbooks', 'runs');
  }

  /** The bodies of all whole lines (a full disk leaves others), of one runbook's runs when its file's name is given; none while there is no record. */
  bodies(file?: string): RunEventBody[] {
    return this.events(file).map(({ body }) => body);
  }

  /** The same with their times, ISO 8601. */
  events(file?: string): RecordedEvent[] {
    const runs = readable(this.#runs).map((run) =>
      readable(join(this.#runs, run))
        .filter((name) => name.endsWith('.jsonl'))
        .flatMap((name) => readFileSync(join(this.#runs, run, name), 'utf8').split('\n').slice(0, -1).filter(Boolean))
        .flatMap((line) => {
          const decoded = decodeLine(Buffer.from(line));
          return typeof decoded === 'string' ? [] : [decoded.parsed as RecordedEvent];
        }),
    );
    return runs.filter((events) => file === undefined || events.some(({ body }) => body.type === 'run.started' && body.file === file)).flat();
  }

  /**
   * How the commands of a step ended, in the order in which they were started; null for one that has no end.
   * Only of the runs of one runbook, when its file's name is given.
   */
  outcomes(stepId: string, file?: string): (Outcome | null)[] {
    const bodies = this.bodies(file);
    const ended = new Map(bodies.flatMap((body) => (body.type === 'command.ended' ? [[body.executionId, body.outcome] as const] : [])));
    return bodies.flatMap((body) =>
      body.type === 'command.started' && body.owner.kind === 'step' && body.owner.stepId === stepId ? [ended.get(body.executionId) ?? null] : [],
    );
  }

  /** Number of commands that were started. */
  get started(): number {
    return this.bodies().filter(({ type }) => type === 'command.started').length;
  }
}

function readable(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
