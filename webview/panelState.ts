import type { PanelHost } from './host.ts';

/** What the panel remembers of itself while it is hidden. Never anything about the run. */
export interface PanelState {
  /** Block at the top and how far it is scrolled. */
  readonly anchor: { readonly key: string; readonly offset: number } | null;
  /** Folded-out notices. */
  readonly open: readonly string[];
  readonly letterKeys: boolean;
}

const EMPTY: PanelState = { anchor: null, open: [], letterKeys: true };

/** Reads and keeps the panel's state; what does not look like it is forgotten. */
export class PanelMemory {
  readonly #host: PanelHost;
  #state: PanelState;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#state = read(host.getState());
  }

  get state(): PanelState {
    return this.#state;
  }

  update(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    this.#host.setState(this.#state);
  }
}

function read(raw: unknown): PanelState {
  if (typeof raw !== 'object' || raw === null) return EMPTY;
  const { anchor, open, letterKeys } = raw as Record<keyof PanelState, unknown>;
  const { key, offset } = (typeof anchor === 'object' && anchor !== null ? anchor : {}) as { key?: unknown; offset?: unknown };
  return {
    anchor: typeof key === 'string' && typeof offset === 'number' ? { key, offset } : null,
    open: Array.isArray(open) ? open.filter((id): id is string => typeof id === 'string') : [],
    letterKeys: letterKeys !== false,
  };
}
