import { workspace } from 'vscode';
import type { UserError } from '../core/userError.ts';
import * as errors from '../core/userErrors.ts';
import { isOnDisk } from './workspacePaths.ts';
import type { Uri } from 'vscode';

/**
 * Why commands of a document may not be run right now; null when they may.
 * Asked whenever one is about to run, not only at start-up.
 */
export function refusal(document: Uri): UserError | null {
  if (!workspace.isTrusted) return errors.restrictedMode();
  if (document.scheme === 'untitled') return errors.unsaved();
  return isOnDisk(document) ? null : errors.notOnDisk();
}
