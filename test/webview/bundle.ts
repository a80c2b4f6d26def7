import { build } from 'esbuild';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** What ships as dist/webview, built in memory with the options of esbuild.mjs. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

let made: Promise<Bundle> | undefined;

/** Builds once for each test file. */
export function bundlePanel(): Promise<Bundle> {
  made ??= make();
  return made;
}

async function make(): Promise<Bundle> {
  const common = { bundle: true, minify: true, legalComments: 'none', write: false, absWorkingDir: ROOT, outdir: 'out' } as const;
  const [script, style] = await Promise.all([
    build({ ...common, entryPoints: ['webview/main.ts'], platform: 'browser', target: 'es2022', format: 'iife' }),
    build({ ...common, entryPoints: ['webview/panel.css'] }),
  ]);
  return { script: script.outputFiles[0]?.text ?? '', style: style.outputFiles[0]?.text ?? '' };
}
