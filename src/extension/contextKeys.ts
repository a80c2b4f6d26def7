import { commands } from 'vscode';
import { type ContextKey, contextKeys } from './contributions.ts';

/** Sets context keys for `when` clauses, and only when they change. */
export class ContextKeys {
  readonly #set = new Map<ContextKey, boolean>();

  set(key: keyof typeof contextKeys, value: boolean): void {
    const id = contextKeys[key];
    if (this.#set.get(id) === value) return;
    this.#set.set(id, value);
    void commands.executeCommand('setContext', id, value);
  }
}
