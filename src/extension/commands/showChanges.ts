import { showChanges } from '../panel/showChanges.ts';
import type { Command } from './command.ts';
import { withTarget } from './target.ts';

/** Opens the text that the run goes by beside the present one, in the editor's own comparison. */
export const showChangesCommand: Command = {
  id: 'guidedRunbooks.showChanges',
  doing: 'showing what was edited during a run',
  run: (host, args) => withTarget(host, args, ({ session }) => showChanges(session)),
};
