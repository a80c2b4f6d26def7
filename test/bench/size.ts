import { join } from 'node:path';
import { build } from 'esbuild';
import { REPOSITORY, VSIX } from '../harness/vsix.ts';
import type { Fact } from './measure.ts';
import type { SectionReport } from './report.ts';
import { listZip } from './zip.ts';

const KB = 1024;
const SHOWN = 8;
/** The grammars of the shells and their parser, loaded only when the blocks of a runbook are checked. */
const GRAMMAR = /^extension\/dist\/grammar(?:\.js$|s\/)/;

/** Size of what is installed, and what it is made of. Needs the packaged extension. */
export async function sizeSection(): Promise<SectionReport> {
  const { bytes, entries } = await listZip(VSIX);
  const fact = (name: string, value: number, target: string | null = null): Fact => ({ kind: 'fact', name, unit: 'KB', value: value / KB, target });
  const grammars = entries.filter(({ name }) => GRAMMAR.test(name)).reduce((sum, { packed }) => sum + packed, 0);
  const largest = [...entries].sort((a, b) => b.packed - a.packed).slice(0, SHOWN);
  return {
    section: 'size',
    method: 'The VSIX, one file for all platforms, and its largest parts as they are packed; bundles by package, before packing.',
    figures: [fact('VSIX', bytes, '<= 1,000 KB'), fact('VSIX without the grammars of the shells', bytes - grammars, '<= 500 KB'), ...largest.map(({ name, packed }) => fact(`  ${name.replace(/^extension\//, '')}`, packed))],
    notes: [await madeOf('src/extension/engine.ts', 'node'), await madeOf('src/node/treeSitter.ts', 'node'), await madeOf('src/cli/main.ts', 'node'), await madeOf('webview/main.ts', 'browser')],
  };
}

/** The packages in a bundle, largest first, in minified bytes. */
async function madeOf(entry: string, platform: 'node' | 'browser'): Promise<string> {
  const { metafile } = await build({
    entryPoints: [entry], absWorkingDir: REPOSITORY, outdir: join(REPOSITORY, 'out', 'bench'), bundle: true, minify: true, write: false, metafile: true,
    // The parser of grammars is a bundle of its own, which has its own line.
    platform, external: entry.endsWith('/treeSitter.ts') ? ['vscode'] : ['vscode', './treeSitter.ts'], mainFields: ['module', 'main'], logLevel: 'silent',
  });
  const sums = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const owner = ownerOf(path);
      sums.set(owner, (sums.get(owner) ?? 0) + bytesInOutput);
    }
  }
  const parts = [...sums].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return `${entry}: ${parts.map(([name, size]) => `${name} ${Math.round(size / KB)} KB`).join(', ')}`;
}

/** The package that a file belongs to, or the room of ours. */
function ownerOf(path: string): string {
  const inPackage = path.split('node_modules/').at(-1) ?? path;
  if (inPackage === path) return path.startsWith('src/') ? path.split('/').slice(0, 2).join('/') : (path.split('/')[0] ?? path);
  return inPackage.split('/').slice(0, inPackage.startsWith('@') ? 2 : 1).join('/');
}
