import { pickRun } from '../runs/pickRun.ts';
import type { Command } from './command.ts';
import { runTarget } from './runTarget.ts';
import { shortRunId } from '../../core/run/shortRunId.ts';

/** Shows two runs side by side. */
export const compareRunsCommand: Command = {
  id: 'guidedRunbooks.compareRuns',
  doing: 'comparing two runs',
  async run(host, args) {
    const target = await runTarget(host, args, 'Compare which run?');
    if (target === undefined) return;
    const { engine, run } = target;
    const other = await pickRun(engine.records, `Compare run ${shortRunId(run.summary.runId)} with which one?`, run.folder);
    if (other === undefined) return;
    const name = `Runs ${shortRunId(run.summary.runId)} and ${shortRunId(other.summary.runId)}`;
    await host.texts.show(name, await engine.acts.comparison(run.folder, other.folder));
  },
};
