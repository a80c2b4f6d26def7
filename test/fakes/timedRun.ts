import type { Actor, Outcome, OutputReference, RunEvent, RunEventBody } from '../../src/core/run/events.ts';

const START = Date.UTC(2026, 0, 5, 14, 0);

/** A record of one writer, written at stated seconds after two o'clock. */
export class TimedRun {
  readonly events: RunEvent[] = [];
  readonly #run: string;
  actor: Actor = { name: 'Ada', email: 'ada@example.org' };

  constructor(run = '01J9ZZZZZZZZZZZZZZZZZZ7QXW') {
    this.#run = run;
  }

  /** One event, so many seconds after two o'clock. */
  at(seconds: number, body: RunEventBody): this {
    const seq = this.events.length + 1;
    const time = new Date(START + Math.round(seconds * 1000)).toISOString();
    this.events.push({ v: 1, id: `e${String(seq)}`, run: this.#run, writer: 'w', seq, heads: {}, prev: null, time, actor: this.actor, body });
    return this;
  }

  started(title = 'Deploy orders', file = 'orders.md'): this {
    return this.at(0, { type: 'run.started', title, file, textSha256: 'aa', git: { branch: 'main', commit: '3f2a1c9d00000000000000000000000000000000', clean: true } });
  }

  begins(seconds: number, executionId: string, stepId: string, text = 'make', more: { readonly index?: number; readonly count?: number; readonly sha256?: string } = {}): this {
    return this.at(seconds, this.#start(executionId, { kind: 'step', stepId }, text, more));
  }

  undoes(seconds: number, executionId: string, rollbackId: string, text = 'undo', index = 0): this {
    return this.at(seconds, this.#start(executionId, { kind: 'rollback', rollbackId }, text, { index }));
  }

  ends(seconds: number, executionId: string, outcome: Outcome | number = 0, more: { readonly durationMs?: number | null; readonly outputTail?: string | null; readonly output?: OutputReference } = {}): this {
    const known: Outcome = typeof outcome === 'number' ? { kind: 'exited', code: outcome } : outcome;
    return this.at(seconds, { type: 'command.ended', executionId, outcome: known, durationMs: null, environmentCarried: true, outputTail: null, ...more });
  }

  #start(executionId: string, owner: Extract<RunEventBody, { type: 'command.started' }>['owner'], text: string, more: { readonly index?: number; readonly count?: number; readonly sha256?: string }): RunEventBody {
    return { type: 'command.started', executionId, owner, index: 0, count: 1, sha256: 'bb', text, source: null, shell: 'bash', acknowledged: [], ...more };
  }
}
