import { decide } from '../../src/core/run/decide.ts';
import { NO_DRIFT } from '../../src/core/run/drift/compare.ts';
import type { RunCommand } from '../../src/core/run/commands.ts';
import { evolve, EMPTY_RUN } from '../../src/core/run/evolve.ts';
import type { Outcome, RunEventBody } from '../../src/core/run/events.ts';
import type { RunState } from '../../src/core/run/state.ts';
import type { Runbook } from '../../src/core/runbook/model.ts';

/** A run that is driven by commands, without store and session. */
export class PureRun {
  readonly runbook: Runbook;
  state: RunState | null = null;
  /** What the clock says, in milliseconds since 1970. */
  now = Date.UTC(2026, 0, 5, 14, 0);
  #count = 0;

  constructor(runbook: Runbook) {
    this.runbook = runbook;
    this.do({ type: 'startRun', title: runbook.title, file: 'deploy.md', textSha256: '', git: null });
  }

  /** Decides and folds. Throws what decide throws. */
  do(command: RunCommand): readonly RunEventBody[] {
    const bodies = decide(this.runbook, this.state, command, NO_DRIFT, this.now);
    for (const body of bodies) {
      const seq = (this.#count += 1);
      this.state = evolve(this.state ?? EMPTY_RUN, { v: 1, id: `e${String(seq)}`, run: 'r', writer: 'w', seq, heads: {}, prev: null, time: new Date(this.now).toISOString(), actor: { name: 'Ada', email: null }, body });
    }
    return bodies;
  }

  tick(...stepIds: readonly string[]): void {
    for (const stepId of stepIds) this.do({ type: 'tick', stepId, note: null });
  }

  /** Starts one command of a step. */
  start(stepId: string, index = 0, acknowledged: readonly string[] = []): string {
    const step = this.runbook.steps.find(({ id }) => id === stepId);
    const text = step?.commands[index]?.text ?? '';
    const executionId = `x${String(this.#count)}`;
    this.do({ type: 'startCommand', executionId, owner: { kind: 'step', stepId }, index, count: step?.commands.length ?? 0, text, source: null, sha256: '', shell: 'bash', acknowledged });
    return executionId;
  }

  end(executionId: string, outcome: Outcome = { kind: 'exited', code: 0 }): void {
    this.do({ type: 'endCommand', executionId, outcome, durationMs: 1, environmentCarried: true, outputTail: null });
  }

  /** Runs one command of a step to its end. */
  run(stepId: string, outcome?: Outcome, index = 0, acknowledged: readonly string[] = []): void {
    this.end(this.start(stepId, index, acknowledged), outcome);
  }
}
