import { inspection } from '../core/runbook/inspect.ts';
import { parseRunbook } from '../core/runbook/parse.ts';
import { UserError } from '../core/userError.ts';
import { readRunbookFile } from '../node/runbookFile.ts';
import { outline } from './outline.ts';

/**
 * `inspect [--json] FILE...`: says what each file means as a runbook.
 * @returns exit code 0, or 2 when a file could not be read or the usage is wrong
 */
export function inspectCommand(args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): number {
  const end = args.indexOf('--');
  const options = (end === -1 ? args : args.slice(0, end)).filter((arg) => arg.startsWith('-') && arg !== '-');
  const files = end === -1 ? args.filter((arg) => !arg.startsWith('-')) : [...args.slice(0, end).filter((arg) => !arg.startsWith('-')), ...args.slice(end + 1)];
  const unknown = options.find((option) => option !== '--json');
  if (unknown !== undefined) return usage(err, `there is no option "${unknown}"`);
  if (files.length === 0) return usage(err, 'name at least one Markdown file');
  let exitCode = 0;
  for (const file of files) {
    try {
      const runbook = parseRunbook(readRunbookFile(file));
      out.write(options.includes('--json') ? `${JSON.stringify(inspection(file, runbook))}\n` : outline(file, runbook));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      err.write(`guided-runbooks: ${error.message}\n`);
      exitCode = 2;
    }
  }
  return exitCode;
}

function usage(err: NodeJS.WritableStream, what: string): number {
  err.write(`guided-runbooks inspect: ${what}. Usage: guided-runbooks inspect [--json] FILE...\n`);
  return 2;
}
