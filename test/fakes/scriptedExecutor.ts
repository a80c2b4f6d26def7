import type { CapturedText } from '../../src/core/run/capture.ts';
import type { Outcome } from '../../src/core/run/events.ts';
import type { ExecutionRequest, ExecutionResult, StepExecutor } from '../../src/session/ports.ts';

interface Running {
  readonly request: ExecutionRequest;
  readonly settled: Promise<ExecutionResult>;
  readonly settle: (result: ExecutionResult) => void;
  isRunning: boolean;
}

/** How a block ends: at once with an outcome, or when the test says so. */
export type Script = (request: ExecutionRequest) => Outcome | 'hangs';

/**
 * The machine on which blocks run. It outlives the windows: a block that hangs
 * goes on when its session is dropped, and is found again by its id.
 */
export class ScriptedExecutor implements StepExecutor {
  readonly requests: ExecutionRequest[] = [];
  readonly stops: { readonly executionId: string; readonly force: boolean }[] = [];
  readonly released: string[] = [];
  /** The most blocks that ever ran at once. */
  mostAtOnce = 0;
  /** What happens when somebody stops a block; by default it is signalled. */
  onStop: Outcome | 'ignores' = { kind: 'signalled', signal: 'SIGINT' };
  script: Script;
  /** What every block prints, as it is heard; null: nobody listens. */
  prints: string | null = null;
  /** What a block that is captured prints to standard output. */
  captures: CapturedText = { kind: 'text', text: 'value\n' };
  /** Called when a block is about to run. */
  onExecute: (request: ExecutionRequest) => void = () => undefined;
  readonly #known = new Map<string, Running>();
  readonly #beginListeners = new Set<(executionId: string) => void>();
  readonly #outputListeners = new Set<(executionId: string, tail: string) => void>();

  constructor(script: Script = () => ({ kind: 'exited', code: 0 })) {
    this.script = script;
  }

  get texts(): readonly string[] {
    return this.requests.map(({ text }) => text);
  }

  execute(request: ExecutionRequest): Promise<ExecutionResult> {
    this.onExecute(request);
    this.requests.push(request);
    const { promise, resolve } = withResolvers<ExecutionResult>();
    this.#known.set(request.executionId, { request, settled: promise, settle: resolve, isRunning: true });
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running.length);
    const outcome = this.script(request);
    if (outcome !== 'hangs') this.finish(request.executionId, outcome);
    else this.begin(request.executionId);
    return promise;
  }

  recover(_runId: string, executionId: string): Promise<ExecutionResult> {
    const known = this.#known.get(executionId);
    if (known?.isRunning === true) this.begin(executionId);
    return known === undefined ? Promise.resolve(resultOf({ kind: 'notStarted', reason: 'It was never started.' })) : known.settled;
  }

  stop(executionId: string, force: boolean): Promise<void> {
    this.stops.push({ executionId, force });
    if (this.onStop !== 'ignores') this.finish(executionId, this.onStop);
    return Promise.resolve();
  }

  show(): void {}

  release(runId: string): Promise<void> {
    this.released.push(runId);
    return Promise.resolve();
  }

  onDidBegin(listener: (executionId: string) => void): () => void {
    this.#beginListeners.add(listener);
    return () => this.#beginListeners.delete(listener);
  }

  /** The block is seen to run. */
  begin(executionId: string): void {
    for (const listener of this.#beginListeners) listener(executionId);
  }

  onDidOutput(listener: (executionId: string, tail: string) => void): () => void {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  /** Ids of the blocks that run now. */
  get running(): readonly string[] {
    return [...this.#known].filter(([, { isRunning }]) => isRunning).map(([id]) => id);
  }

  /** Ends a block. */
  finish(executionId: string, outcome: Outcome): void {
    const known = this.#known.get(executionId);
    if (known === undefined || !known.isRunning) return;
    known.isRunning = false;
    known.settle({ ...resultOf(outcome), ...(known.request.captures === true ? { captured: this.captures } : {}), ...(this.prints === null ? {} : { outputTail: this.prints, output: { head: this.prints, tail: null, leftOut: 0, isSeparate: true, isComplete: true } }) });
  }

  print(executionId: string, tail: string): void {
    for (const listener of this.#outputListeners) listener(executionId, tail);
  }
}

function resultOf(outcome: Outcome): ExecutionResult {
  return { outcome, durationMs: 10, environmentCarried: true, outputTail: null };
}

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
