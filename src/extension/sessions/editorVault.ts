import type { SecretStorage } from 'vscode';
import type { SecretVault } from '../../session/ports.ts';

/**
 * Keeps a runbook's secrets in the editor's secret storage, which the system's
 * keyring guards. Each runbook and each environment has its own.
 */
export class EditorVault implements SecretVault {
  readonly #storage: SecretStorage;
  readonly #runbook: string;

  /** @param runbook address of the runbook's document */
  constructor(storage: SecretStorage, runbook: string) {
    this.#storage = storage;
    this.#runbook = runbook;
  }

  async get(environment: string | null, name: string): Promise<string | null> {
    return (await this.#storage.get(this.#key(environment, name))) ?? null;
  }

  async keep(environment: string | null, name: string, value: string): Promise<void> {
    await this.#storage.store(this.#key(environment, name), value);
  }

  async forget(environment: string | null, name: string): Promise<void> {
    await this.#storage.delete(this.#key(environment, name));
  }

  /** As a list in JSON: no name can pass for the end of another. */
  #key(environment: string | null, name: string): string {
    return `secret:${JSON.stringify([this.#runbook, environment, name])}`;
  }
}
