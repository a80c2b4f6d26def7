import { join } from 'node:path';
import { utcWords } from '../core/report/reportWords.ts';
import { type EnvironmentStatus, environmentsIn } from '../core/status/environmentStatus.ts';
import type { OddRecord } from '../core/status/pastFacts.ts';
import { environmentName, statusRows, type StatusRow } from '../core/status/statusRows.ts';
import * as errors from '../core/userErrors.ts';
import { StatusIndex } from '../node/record/statusIndex.ts';
import { printable } from './printable.ts';
import { readWords, refused, wrongUsage } from './usage.ts';
import { shortRunId } from '../core/run/shortRunId.ts';

const USAGE = 'guided-runbooks status [ENV] [--json]';

/**
 * `status [ENV] [--json]`: what is deployed in each environment, as the runs of the working directory say.
 * @returns exit code 0, 1 when a record is not whole, 2 when one could not be read (what is known is still printed), there is no such environment, or the usage is wrong
 */
export async function statusCommand(args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const words = readWords(args, { json: { type: 'boolean' } });
  if (typeof words === 'string') return wrongUsage('status', words, USAGE, err);
  const [environment, another] = words.rest;
  if (another !== undefined) return wrongUsage('status', 'name one environment, or none for all', USAGE, err);
  const isJson = words.options['json'] === true;
  try {
    const cwd = process.cwd();
    const { runs, odd } = await new StatusIndex([{ runs: join(cwd, '.runbooks', 'runs'), boundary: cwd }], { claims: null, now: () => Date.now() }).read();
    for (const each of odd) err.write(`guided-runbooks: ${printable(each.words)}\n`);
    const all = environmentsIn(runs);
    const environments = environment === undefined ? all : all.filter((each) => each.environment === environment);
    if (environment !== undefined && environments.length === 0) throw errors.noSuchEnvironment(environment, all.flatMap((each) => each.environment ?? []));
    if (isJson) out.write(`${JSON.stringify({ success: odd.length === 0, details: { environments, odd } })}\n`);
    else tell(environments, out, err);
    return codeFor(odd);
  } catch (error) {
    return refused(error, isJson, out, err);
  }
}

function codeFor(odd: readonly OddRecord[]): number {
  if (odd.length === 0) return 0;
  return odd.some(({ isUnread }) => isUnread) ? 2 : 1;
}

function tell(environments: readonly EnvironmentStatus[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): void {
  if (environments.length === 0) err.write('No run here was made for an environment, or says what is deployed. See docs/STATUS.md: deploys=NAME on a block says it.\n');
  out.write(environments.map((status) => `${printable(environmentName(status.environment))}\n${statusRows(status).map(line).join('')}`).join('\n'));
}

function line({ label, value, at, run, id }: StatusRow): string {
  const parts = [value, at === null ? '' : utcWords(at), run === null || id === 'deployed' || id === 'since' ? '' : id === 'run' ? run.runId : `run ${shortRunId(run.runId)}`];
  return `  ${`${label}:`.padEnd(18)}${printable(parts.filter((part) => part !== '').join('  '))}\n`;
}
