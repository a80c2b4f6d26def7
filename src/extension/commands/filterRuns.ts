import { window } from 'vscode';
import type { Command } from './command.ts';

/** Shows only runs that answer to some words in the list. */
export const filterRunsCommand: Command = {
  id: 'guidedRunbooks.filterRuns',
  doing: 'filtering runs',
  async run({ tree }) {
    const words = await window.showInputBox({
      title: 'Filter Runs',
      prompt: 'Shows the runs that answer to all of these words.',
      placeHolder: 'Words of the title, person, state, environment, branch or date',
      value: tree.filter,
    });
    if (words !== undefined) tree.setFilter(words);
  },
};

export const clearRunFilterCommand: Command = {
  id: 'guidedRunbooks.clearRunFilter',
  doing: 'clearing the filter',
  run: ({ tree }) => tree.setFilter(''),
};
