import type { ProbeResult } from '../../src/core/monitor/sample.ts';
import type { MonitorProbe, ProbeRequest } from '../../src/session/ports.ts';

/** Answers probes as a test says; `hang` leaves one going until it is cancelled. */
export class ScriptedProbe implements MonitorProbe {
  readonly requests: ProbeRequest[] = [];
  readonly #going = new Map<string, (result: ProbeResult) => void>();
  answer: (request: ProbeRequest) => ProbeResult | 'hang' = () => ({ kind: 'exited', code: 0, stdout: '1\n' });

  probe(request: ProbeRequest): Promise<ProbeResult> {
    this.requests.push(request);
    const result = this.answer(request);
    return result === 'hang' ? new Promise((resolve) => this.#going.set(request.id, resolve)) : Promise.resolve(result);
  }

  cancel(id: string): void {
    this.#going.get(id)?.({ kind: 'failed', reason: 'it was stopped' });
    this.#going.delete(id);
  }

  /** How many are going on. */
  get going(): number {
    return this.#going.size;
  }
}
