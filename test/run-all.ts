/** `npm test`: types, build, and every suite; the last line counts the tests of all of them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureEditorTools } from './harness/install.ts';
import { Progress } from './harness/progress.ts';
import { type Count, runNode, runSuite, runSuiteWithSecondTry } from './harness/suites.ts';
import { BUILT, buildVsix, REPOSITORY } from './harness/vsix.ts';

interface Stage {
  readonly name: string;
  readonly run: () => Promise<Count>;
}

const progress = new Progress((line) => console.log(`\n${line}`));

/** Not a test, so it adds to the count only when it fails. */
const step = (name: string, work: () => Promise<unknown>): Stage => ({
  name,
  run: async () => {
    await work();
    return { passed: 0, failed: 0, skipped: 0 };
  },
});

const suite = (name: string, project: string, folder = `test/${name}`): Stage => ({ name: `${name} tests`, run: () => runSuite(project, folder) });

const STAGES: readonly Stage[] = [
  step('types', async () => {
    const code = await runNode([join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']);
    if (code !== 0) throw new Error('The types do not hold; the compiler says where, above.');
  }),
  step('build and package', async () => {
    delete process.env[BUILT];
    await buildVsix();
    process.env[BUILT] = '1';
  }),
  suite('unit', 'unit'),
  step('tools: shells, browser, editor', () => ensureEditorTools(progress)),
  { name: 'contract tests', run: () => runSuiteWithSecondTry('unit', 'test/contract') },
  suite('webview', 'webview'),
  { name: 'editor tests', run: () => runSuiteWithSecondTry('editor', 'test/editor') },
];

if (!existsSync(join(REPOSITORY, '..', 'shared', 'seeds'))) {
  progress.say('No ../shared/seeds beside this checkout: the tests on those documents are skipped.');
}

const counts: { name: string; count: Count }[] = [];
for (const { name, run } of STAGES) {
  progress.say(name);
  const count = await run().catch((error: unknown): Count => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  counts.push({ name, count });
}

const sum = (key: 'passed' | 'failed' | 'skipped'): number => counts.reduce((total, { count }) => total + count[key], 0);
const line = ({ passed, failed, skipped }: Count): string => `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

progress.say('All stages have run:');
for (const { name, count } of counts) {
  const tests = count.passed + count.failed > 0 ? `: ${line(count)}` : '';
  console.log(`  ${count.failed > 0 ? 'FAILED' : 'ok    '}  ${name}${tests}`);
}
for (const { count } of counts) for (const test of count.late ?? []) console.log(`  passed only when it ran again: ${test}`);
console.log(`\n${line({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') })}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
