import * as errors from '../../core/userErrors.ts';
import { columnOfPanel } from '../panel/openPanel.ts';
import { openSource } from '../panel/openSource.ts';
import type { Command } from './command.ts';
import { namedDocument } from './target.ts';

export const openSourceCommand: Command = {
  id: 'guidedRunbooks.openSource',
  doing: 'opening the source of a runbook',
  async run(_host, args) {
    const document = namedDocument(args);
    if (document === undefined) throw errors.noRunbook();
    await openSource(document, columnOfPanel(document));
  },
};
