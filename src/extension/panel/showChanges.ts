import { commands } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { keptTextUri } from '../keptText.ts';
import type { DocumentSession } from '../sessions/documentSession.ts';

/** Opens the text that the run goes by beside the present one. Throws a UserError when it is not known, or no run goes on. */
export async function showChanges({ uri, session }: DocumentSession): Promise<void> {
  const { state } = session.snapshot;
  if (state === null || state.ended !== null) throw errors.noRun();
  if (session.baseText === null) throw errors.runTextUnknown();
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const since = state.rebases.length > 0 ? 'rebase' : 'start';
  await commands.executeCommand('vscode.diff', keptTextUri(uri), uri, `${name}: since the run’s ${since}`);
}
