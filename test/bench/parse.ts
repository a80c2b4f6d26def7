import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { seed, seedFiles } from '../seeds.ts';
import { longRunbook } from './documents.ts';
import { type Figure, inTurns, type Pair, pairOf, timeCall } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { SectionReport } from './report.ts';

type Parsers = typeof import('./parseEntry.ts');

/** Reading a runbook against reading its Markdown. */
export async function parseSection({ quick }: BenchOptions): Promise<SectionReport> {
  const folder = await mkdtemp(join(tmpdir(), 'guided-runbooks-bench-'));
  try {
    const parsers = await bundled(join(folder, 'parse.cjs'));
    const thousand = longRunbook(1_000);
    const tenThousand = longRunbook(10_000);
    await compare(parsers, '', thousand, 30);
    const small = await compare(parsers, '1,000 steps', thousand, quick ? 9 : 31);
    const large = await compare(parsers, '10,000 steps', tenThousand, quick ? 5 : 11);
    const figures: Figure[] = [small, large, await linearity(parsers, thousand, tenThousand, quick ? 3 : 9)];
    const seeds = seedFiles.map((_, index) => `00${index}`);
    for (const name of seeds) figures.push(await compare(parsers, `document ${name}`, seed(name), quick ? 9 : 41, 10));
    return {
      section: 'parse',
      method: 'parseRunbook against new MarkdownIt().parse of the same text, one minified bundle, one process, warmed up, in turns; processor time of the thread, on a clean heap.',
      figures,
      notes: [
        `1,000 steps are ${Math.round(thousand.length / 1024)} KB, 10,000 are ${Math.round(tenThousand.length / 1024)} KB`,
        ...(seeds.length === 0 ? ['no ../shared/seeds beside this checkout: those documents were left out'] : []),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare({ ours, bare }: Parsers, name: string, text: string, rounds: number, calls = 1): Promise<Pair> {
  const taken = await inTurns(rounds, () => timeCall(() => ours(text), calls), () => timeCall(() => bare(text), calls));
  return pairOf({ name, otherName: 'bare markdown-it', target: '<= 1.5' }, taken.ours, taken.other);
}

async function linearity({ ours }: Parsers, small: string, large: string, rounds: number): Promise<Pair> {
  const taken = await inTurns(rounds, () => timeCall(() => ours(large)), () => timeCall(() => ours(small)));
  return pairOf({ name: '10,000 steps to 1,000', otherName: '1,000 steps', target: '<= 20' }, taken.ours, taken.other);
}

/** As it ships: one minified CommonJS file. */
async function bundled(outfile: string): Promise<Parsers> {
  const entry = join(import.meta.dirname, 'parseEntry.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'warning' });
  return createRequire(import.meta.url)(outfile) as Parsers;
}
