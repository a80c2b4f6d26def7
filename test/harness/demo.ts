import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { REPOSITORY } from './vsix.ts';

/** A laid-out demo: the folder that is opened, and the runbook in it. */
export interface Demo {
  readonly workspace: string;
  readonly runbook: string;
}

const RUNBOOK = 'deploy.runbook.md';

/**
 * The demo with all runbooks in `folder`: the one that is there already, else one laid out now; without a folder, a new one in the
 * system's temporary folder. Throws, with the words of the script that lays it out, when that fails.
 */
export function layOutDemo(folder?: string): Demo {
  if (folder !== undefined && existsSync(join(folder, RUNBOOK))) return demoIn(resolve(folder));
  const output = execFileSync(
    process.execPath,
    [join(REPOSITORY, 'runbooks', 'demo', 'lay-out.mjs'), '--with', 'all', ...(folder === undefined ? [] : [resolve(folder)])],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const workspace = /^workspace: (.+)$/m.exec(output)?.[1];
  if (workspace === undefined) throw new Error(`The demo was laid out, and yet its folder was not named. It said:\n${output}`);
  return demoIn(workspace);
}

/** Ends the demo's service, if the runbook has started it. */
export function stopDemo({ workspace }: Demo): void {
  execFileSync(join(workspace, 'ops', 'stop'), { cwd: workspace, stdio: 'ignore' });
}

const demoIn = (workspace: string): Demo => ({ workspace, runbook: join(workspace, RUNBOOK) });
