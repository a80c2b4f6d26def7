import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { REPOSITORY } from './vsix.ts';

/** Tests counted; a suite that crashed or ran no test has at least one failure. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's JSON report that is counted. */
const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(v.object({ status: v.string(), assertionResults: v.array(v.object({ status: v.string() })) })),
});

/** A suite that has not ended by then hangs: it is ended and counts as failed. */
const PATIENCE_MS = 40 * 60_000;

/** Runs one suite: `project` of vitest's configuration, only the tests below `folder`. Its output goes to the terminal. */
export async function runSuite(project: string, folder: string): Promise<Count> {
  const results = join(REPOSITORY, 'out', 'test-results');
  await mkdir(results, { recursive: true });
  const file = join(results, `${folder.replaceAll('/', '-')}.json`);
  await rm(file, { force: true });
  const code = await runNode(
    [
      join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, `${folder}/`,
      '--reporter=default', '--reporter=json', `--outputFile.json=${file}`,
    ],
    PATIENCE_MS,
  );
  return countSuite(await readFile(file, 'utf8').catch(() => undefined), code);
}

/** Counts a suite from vitest's report (undefined: it left none) and its exit code. */
export function countSuite(report: string | undefined, code: number): Count {
  const crashed: Count = { passed: 0, failed: 1, skipped: 0 };
  if (report === undefined) return crashed;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), report);
  if (!parsed.success) return crashed;
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.output;
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
  }
}
