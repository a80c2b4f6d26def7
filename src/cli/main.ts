import { compareCommand } from './compare.ts';
import { inspectCommand } from './inspect.ts';
import { HELP, HELP_OF, VERSION } from './help.ts';
import { reportCommand } from './report.ts';
import { runsCommand } from './runs.ts';
import { statusCommand } from './status.ts';
import { verifyCommand } from './verify.ts';

type Command = (args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream) => number | Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['inspect', inspectCommand],
  ['runs', runsCommand],
  ['status', statusCommand],
  ['report', reportCommand],
  ['compare', compareCommand],
  ['verify', verifyCommand],
]);

/** Runs the command line. @returns the exit code: 0 done, 1 something was found, 2 usage or file */
export async function main(args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    out.write(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command === '--version') {
    out.write(`${VERSION}\n`);
    return 0;
  }
  const run = COMMANDS.get(command);
  if (run !== undefined) {
    const end = rest.indexOf('--');
    const isAsking = (end === -1 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h');
    if (!isAsking) return run(rest, out, err);
    out.write(HELP_OF.get(command) ?? HELP);
    return 0;
  }
  err.write(`guided-runbooks: there is no command "${command}". Try: guided-runbooks --help\n`);
  return 2;
}

// A closed pipe (`inspect … | head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
void main(process.argv.slice(2), process.stdout, process.stderr).then((code) => {
  process.exitCode = code;
});
