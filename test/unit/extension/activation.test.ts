import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const EXTENSION = join(import.meta.dirname, '../../../src/extension');

/** What activation loads has to stay small: who opens a note in Markdown does not wait for the parser. */
test('activation loads neither the parser nor a library', async () => {
  const { metafile } = await build({
    entryPoints: [join(EXTENSION, 'extension.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', 'engine.js'],
    plugins: [{ name: 'engine-apart', setup: (bundle) => bundle.onResolve({ filter: /\/engine\.ts$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: 'engine.js', external: true } : undefined)) }],
  });
  const loaded = Object.keys(metafile.inputs);
  expect(loaded.some((path) => path.endsWith('src/extension/engineLoader.ts'))).toBe(true);
  expect(loaded.filter((path) => /node_modules|core\/runbook\/parse\.ts$/.test(path))).toEqual([]);
});
