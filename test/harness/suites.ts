import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { REPOSITORY } from './vsix.ts';

/** Tests counted; a suite that crashed or ran no test has at least one failure. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Names of the tests that failed first and passed when their file ran again; counted as passed, and always said. */
  readonly late?: readonly string[];
}

/** The part of vitest's JSON report that is counted. */
const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(
    v.object({
      name: v.optional(v.string(), ''),
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string(), fullName: v.optional(v.string(), '') })),
    }),
  ),
});

/** A suite that has not ended by then hangs: it is ended and counts as failed. */
const PATIENCE_MS = 60 * 60_000;

/** More files than this do not fail by chance. */
const MOST_TO_TRY_AGAIN = 3;

/** Runs one suite: `project` of vitest's configuration, only the tests below `folder`. Its output goes to the terminal. */
export async function runSuite(project: string, folder: string): Promise<Count> {
  const { report, code } = await runVitest(project, [`${folder}/`], folder.replaceAll('/', '-'));
  return countSuite(report, code);
}

/**
 * The same for a suite that drives real shells, or a whole editor, on a machine that may be busy with something else:
 * the few files that failed run once more. What passes then is counted as passed and named, so that a test that only
 * sometimes passes is seen and looked into without holding up everything else.
 */
export async function runSuiteWithSecondTry(project: string, folder: string): Promise<Count> {
  const name = folder.replaceAll('/', '-');
  const first = await runVitest(project, [`${folder}/`], name);
  const count = countSuite(first.report, first.code);
  const files = failedFiles(first.report);
  if (files.length === 0 || files.length > MOST_TO_TRY_AGAIN) return count;
  console.log(`\nOnce more: ${files.map((file) => relative(REPOSITORY, file)).join(', ')}`);
  const second = await runVitest(project, files, `${name}-again`);
  return countSecondTry(count, first.report, countSuite(second.report, second.code), files);
}

/** Files with a failed test, or that could not be loaded. */
export function failedFiles(report: string | undefined): readonly string[] {
  return (parseReport(report)?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/**
 * Puts a second try in the place of what its files gave first.
 * @param first count of the whole suite
 * @param report vitest's report of the whole suite
 * @param second count of the files that ran again
 * @param files those files
 */
export function countSecondTry(first: Count, report: string | undefined, second: Count, files: readonly string[]): Count {
  const again = new Set(files);
  const before = (parseReport(report)?.testResults ?? []).filter(({ name }) => again.has(name));
  const tests = before.flatMap(({ assertionResults }) => assertionResults);
  const brokenFiles = before.filter(({ assertionResults }) => !assertionResults.some(({ status }) => status === 'failed')).length;
  const number = (status: string): number => tests.filter((test) => test.status === status).length;
  const failedFirst = number('failed') + brokenFiles;
  return {
    passed: first.passed - number('passed') + second.passed,
    failed: first.failed - failedFirst + second.failed,
    skipped: first.skipped - (tests.length - number('passed') - number('failed')) + second.skipped,
    late: second.failed > 0 ? [] : tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  };
}

async function runVitest(project: string, filters: readonly string[], name: string): Promise<{ readonly report: string | undefined; readonly code: number }> {
  const results = join(REPOSITORY, 'out', 'test-results');
  await mkdir(results, { recursive: true });
  const file = join(results, `${name}.json`);
  await rm(file, { force: true });
  const code = await runNode(
    [
      join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, ...filters,
      '--reporter=default', '--reporter=json', `--outputFile.json=${file}`,
    ],
    PATIENCE_MS,
  );
  return { report: await readFile(file, 'utf8').catch(() => undefined), code };
}

function parseReport(report: string | undefined): v.InferOutput<typeof Report> | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), report);
  return parsed.success ? parsed.output : null;
}

/** Counts a suite from vitest's report (undefined: it left none) and its exit code. */
export function countSuite(report: string | undefined, code: number): Count {
  const crashed: Count = { passed: 0, failed: 1, skipped: 0 };
  const parsed = parseReport(report);
  if (parsed === null) return crashed;
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed;
  // A file that failed without a failed test could not be loaded, or broke in a hook.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const counted = numFailedTests + brokenFiles;
  // An exit code that no counted failure explains: an error outside of any test, or no test at all.
  const failed = counted === 0 && (code !== 0 || passed === 0) ? 1 : counted;
  return { passed, failed, skipped: numPendingTests + numTodoTests };
}

/** Runs a Node script to its end in the repository and returns its exit code; 1 when it was ended by a signal. */
export async function runNode(args: readonly string[], patienceMs = PATIENCE_MS): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: REPOSITORY, stdio: ['ignore', 'inherit', 'inherit'] });
  // Who ends us means the suite, too; on its own it would go on with its editor and its servers.
  const end = (): void => {
    child.once('close', () => process.exit(143));
    child.kill('SIGTERM');
  };
  process.on('SIGTERM', end);
  const limit = setTimeout(() => {
    console.error(`Ended after ${Math.round(patienceMs / 60_000)} minutes: it does not seem to come to an end.`);
    child.kill('SIGKILL');
  }, patienceMs);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    clearTimeout(limit);
    process.off('SIGTERM', end);
  }
}
