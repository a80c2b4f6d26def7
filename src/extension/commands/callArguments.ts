import { Uri } from 'vscode';
import * as errors from '../../core/userErrors.ts';

/** What a caller may name: a runbook and one of its steps. There is no place for anything else, least of all for commands. */
export interface CallArguments {
  readonly document: Uri | undefined;
  readonly stepId: string | undefined;
}

/**
 * Checks what a menu, a CodeLens or another extension has passed.
 * @throws UserError for anything that is not nothing, an address, or an address and a step's id
 */
export function callArguments(args: readonly unknown[]): CallArguments {
  const [document, stepId, ...rest] = args;
  const isDocument = document === undefined || document instanceof Uri;
  const isStep = stepId === undefined || (typeof stepId === 'string' && document !== undefined);
  if (!isDocument || !isStep || rest.length > 0) {
    throw errors.badArguments();
  }
  return { document, stepId };
}
