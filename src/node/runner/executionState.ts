/** Shells that a block may ask for; `program`: something else gets it as a file. */
export type BlockShell = 'bash' | 'sh' | 'zsh' | 'fish' | 'pwsh' | 'cmd' | 'program';

/** Signals by which the runner can be made to end a block. */
export type EndingSignal = 'HUP' | 'TERM';

/** What the runner wrote before the block began. */
export interface StartedRecord {
  readonly pid: number;
  /** Process group. Equal to `pid` where the terminal's shell has job control. */
  readonly group: number;
  /** The watcher, which takes TERM on behalf of a runner that waits. */
  readonly watcher: number;
  /** Start time of `pid` in the kernel's words; see processes.ts. */
  readonly start: string;
  /** Linux: the pid namespace in which `pid` means something; else empty. */
  readonly namespace: string;
  /** When it was written: milliseconds since 1970, by the file system's clock. */
  readonly atMs: number;
}

/** How the runner says that it ended. */
export type RunnerResult =
  /** The block's exit code. 128 + n: killed by signal n, or the program said so itself. */
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: EndingSignal }
  | { readonly kind: 'timedOut' }
  /** The block was not run. `reason` is a word such as `hash-mismatch`; see refusals.ts. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What the runner wrote at the end. */
export interface StatusRecord {
  readonly result: RunnerResult;
  /** Whether environment and directory were kept for the next block. */
  readonly carried: boolean;
  /** When it was written: milliseconds since 1970, by the file system's clock. */
  readonly atMs: number;
}

/** An end that will not change any more. */
export type EndState =
  | ({ readonly started: StartedRecord | null; readonly carried: boolean; readonly atMs: number } & RunnerResult)
  /** The runner never began and cannot begin any more: nothing was run. */
  | { readonly kind: 'notStarted' }
  /** It began, it is gone, and nobody knows how it ended. */
  | { readonly kind: 'lost'; readonly started: StartedRecord | null };

export type ExecutionState =
  /** The line has been typed (or is about to be); nothing has been seen yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly started: StartedRecord }
  | EndState;

/** Whether the state is final. */
export function isEnd(state: ExecutionState): state is EndState {
  return state.kind !== 'waiting' && state.kind !== 'running';
}
