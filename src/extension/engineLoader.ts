import type { ExtensionContext } from 'vscode';
import type { Engine } from './engine.ts';
import type { ErrorReporter } from './errors.ts';
import type { Log } from './log.ts';

/** What the engine is given. */
export interface EngineHost {
  readonly context: ExtensionContext;
  readonly log: Log;
  readonly errors: ErrorReporter;
}

/** Loads the heavy half of the extension when something needs it, once. */
export class EngineLoader {
  readonly #host: EngineHost;
  readonly #whenLoaded = new Set<(engine: Engine) => void>();
  #loading: Promise<Engine> | undefined;
  #engine: Engine | undefined;

  constructor(host: EngineHost) {
    this.#host = host;
  }

  /** The engine when it has been loaded already. */
  get loaded(): Engine | undefined {
    return this.#engine;
  }

  load(): Promise<Engine> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Calls back once the engine is there. Does not load it. */
  whenLoaded(listener: (engine: Engine) => void): void {
    if (this.#engine === undefined) this.#whenLoaded.add(listener);
    else listener(this.#engine);
  }

  dispose(): void {
    this.#engine?.dispose();
  }

  async #load(): Promise<Engine> {
    const began = performance.now();
    const { createEngine } = await import('./engine.ts');
    const engine = createEngine(this.#host);
    this.#engine = engine;
    this.#host.log.debug(`engine loaded in ${Math.round(performance.now() - began)} ms`);
    for (const listener of this.#whenLoaded) listener(engine);
    this.#whenLoaded.clear();
    return engine;
  }
}
