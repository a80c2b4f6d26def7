import type { SecretVault } from '../../src/session/ports.ts';

/** Keeps secrets as long as it lives. */
export class MemoryVault implements SecretVault {
  readonly kept = new Map<string, string>();
  /** Set to fail, as a locked keyring does. */
  failure: Error | null = null;

  async get(environment: string | null, name: string): Promise<string | null> {
    return this.#guarded(() => this.kept.get(key(environment, name)) ?? null);
  }

  async keep(environment: string | null, name: string, value: string): Promise<void> {
    return this.#guarded(() => void this.kept.set(key(environment, name), value));
  }

  async forget(environment: string | null, name: string): Promise<void> {
    return this.#guarded(() => void this.kept.delete(key(environment, name)));
  }

  async #guarded<T>(work: () => T): Promise<T> {
    if (this.failure !== null) throw this.failure;
    return Promise.resolve(work());
  }
}

function key(environment: string | null, name: string): string {
  return JSON.stringify([environment, name]);
}
