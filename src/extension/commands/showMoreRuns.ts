import type { Command } from './command.ts';

/** The row below a page of runs. */
export const showMoreRunsCommand: Command = {
  id: 'guidedRunbooks.showMoreRuns',
  doing: 'showing more runs',
  run({ tree }, [key]) {
    if (typeof key === 'string') tree.showMore(key);
  },
};
