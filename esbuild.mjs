/**
 * Builds everything that ships: `node esbuild.mjs [--watch] [--dev]`.
 *
 * The extension is three files. dist/extension.js is what activation loads and
 * stays small; dist/engine.js (parser, session, record, schemas) is loaded when
 * a runbook is opened; dist/grammar.js and the grammars beside it when the shell
 * blocks of one are checked. `--dev` adds source maps and leaves names readable.
 */
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeIcons } from './icons.mjs';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/** Leaves a dynamic import of `source` as a load of the file `built` at run time. */
const apart = (source, built) => ({
  name: `${source}-apart`,
  setup(builder) {
    builder.onResolve({ filter: /\.ts$/ }, ({ kind, path }) => (kind === 'dynamic-import' && basename(path) === source ? { path: built, external: true } : undefined));
  },
});

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  legalComments: 'none',
  logLevel: 'info',
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  // `require` goes through the editor's loader; a real import() would not.
  supported: { 'dynamic-import': false },
  mainFields: ['module', 'main'],
};

const entries = [
  { ...node, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.js', plugins: [apart('engine.ts', './engine.js')] },
  { ...node, entryPoints: ['src/extension/engine.ts'], outfile: 'dist/engine.js', plugins: [apart('treeSitter.ts', './grammar.js')] },
  // It imports a module of Node in a function with a `require` of its own, which has to stay an import.
  { ...node, entryPoints: ['src/node/treeSitter.ts'], outfile: 'dist/grammar.js', supported: {} },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    ...common,
    entryPoints: { panel: 'webview/main.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  },
  { ...common, entryPoints: { panel: 'webview/panel.css' }, outdir: 'dist/webview', loader: { '.ttf': 'file' } },
];

/** The parser and the grammars of the shells that are checked, with their licences. */
const GRAMMARS = ['tree-sitter.wasm', 'tree-sitter-bash.wasm', 'tree-sitter-powershell.wasm'];

if (!watch) await rm('dist', { recursive: true, force: true });
await mkdir('dist/webview', { recursive: true });
await mkdir('dist/grammars', { recursive: true });
const grammars = dirname(fileURLToPath(import.meta.resolve('@vscode/tree-sitter-wasm')));
await Promise.all(GRAMMARS.map((name) => copyFile(join(grammars, name), join('dist/grammars', name))));
await copyFile('media/grammars.txt', 'dist/grammars/LICENSE.txt');


for (const entry of entries) {
  const source = Array.isArray(entry.entryPoints) ? entry.entryPoints[0] : entry.entryPoints.panel;
  if (!existsSync(source)) throw new Error(`${source} is missing: this checkout is not complete.`);
  if (!watch) await build(entry);
  else {
    const watched = await context(entry);
    // Built once before watching begins, so that the icons below can be read from it.
    await watched.rebuild();
    await watched.watch();
  }
}

// The words of the view, and so most names of icons, come from the engine.
await writeIcons('dist/webview', ['dist/webview/panel.js', 'dist/engine.js']);
