import { pickRun } from '../runs/pickRun.ts';
import type { Command } from './command.ts';
import { runTarget } from './runTarget.ts';

/** Shows two runs side by side. */
export const compareRunsCommand: Command = {
  id: 'guidedRunbooks.compareRuns',
  doing: 'comparing two runs',
  async run(host, args) {
    const target = await runTarget(host, args, 'Compare which run?');
    if (target === undefined) return;
    const { engine, run } = target;
    const other = await pickRun(engine.records, `Compare run ${run.summary.runId.slice(-4)} with which one?`, run.folder);
    if (other === undefined) return;
    const name = `Runs ${run.summary.runId.slice(-4)} and ${other.summary.runId.slice(-4)}`;
    await host.texts.show(name, await engine.acts.comparison(run.folder, other.folder));
  },
};
