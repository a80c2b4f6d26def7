import { describe, expect, test } from 'vitest';
import type { SecretVault } from '../../src/session/ports.ts';
import { EditorVault } from '../../src/extension/sessions/editorVault.ts';
import { MemoryVault } from '../fakes/memoryVault.ts';

/** What the editor's storage promises; of the editor itself nothing is here. */
class Storage {
  readonly values = new Map<string, string>();
  readonly onDidChange = (): { dispose(): void } => ({ dispose: () => undefined });
  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.values.get(key));
  }
  keys(): Promise<string[]> {
    return Promise.resolve([...this.values.keys()]);
  }
  store(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
  delete(key: string): Promise<void> {
    this.values.delete(key);
    return Promise.resolve();
  }
}

const vaults: readonly (readonly [string, () => SecretVault])[] = [
  ['the editor’s', () => new EditorVault(new Storage(), 'file:///deploy.md')],
  ['the fake', () => new MemoryVault()],
];

describe.each(vaults)('%s vault', (_, open) => {
  test('keeps a secret until it is forgotten', async () => {
    const vault = open();
    expect(await vault.get('production', 'TOKEN')).toBeNull();
    await vault.keep('production', 'TOKEN', 'one');
    await vault.keep('production', 'TOKEN', 'two "\n\\');
    expect(await vault.get('production', 'TOKEN')).toBe('two "\n\\');
    await vault.forget('production', 'TOKEN');
    await vault.forget('production', 'TOKEN');
    expect(await vault.get('production', 'TOKEN')).toBeNull();
  });

  test('gives none to another environment or name', async () => {
    const vault = open();
    await vault.keep('production', 'TOKEN', 'p');
    await vault.keep(null, 'TOKEN', 'none');
    await vault.keep('a","b', 'c', 'x');
    for (const [environment, name] of [['staging', 'TOKEN'], ['null', 'TOKEN'], ['production', 'TOKE'], ['a', 'b","c'], ['', 'TOKEN']] as const) expect(await vault.get(environment, name)).toBeNull();
    expect([await vault.get('production', 'TOKEN'), await vault.get(null, 'TOKEN')]).toEqual(['p', 'none']);
  });
});

test('another runbook has its own secrets', async () => {
  const storage = new Storage();
  await new EditorVault(storage, 'file:///deploy.md').keep('production', 'TOKEN', 'p');
  expect(await new EditorVault(storage, 'file:///other.md').get('production', 'TOKEN')).toBeNull();
});
