import { commands, type Uri } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { recordViewType } from '../contributions.ts';
import { fileOfRecord, recordFolderOf } from './recordFolder.ts';

/** Opens a record in the panel, named by its folder or by any file of it. Throws a UserError when there is none. */
export async function openRecord(named: Uri): Promise<void> {
  const place = recordFolderOf(named);
  const file = place === undefined ? undefined : await fileOfRecord(place);
  if (file === undefined) throw errors.notARecord(named.fsPath);
  await commands.executeCommand('vscode.openWith', file, recordViewType);
}
