import { readFilePath } from '../../core/runbook/filePath.ts';

/**
 * What is wrong with where a new runbook is to go, in words, or null.
 * @param written relative to the workspace folder, with `/`
 * @param isFile a file; else the folder of several
 */
export function whereProblem(written: string, isFile: boolean): string | null {
  if (written === '') return isFile ? 'A name is needed, such as deploy.runbook.md.' : 'The name of a folder is needed.';
  if (typeof readFilePath(isFile ? written : `${written}/x.md`) === 'string') return 'This has to be a path inside the workspace folder, such as runbooks/deploy.runbook.md.';
  if (isFile && !/[^/]\.runbook\.md$/.test(written)) return 'The name has to end in .runbook.md, so that the file is known as a runbook.';
  return null;
}
