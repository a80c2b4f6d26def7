import { Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { toRange } from '../language/convert.ts';
import type { OpenProposal, ProposalTexts } from './proposalTexts.ts';

/** Writes what is proposed into the document as one change, unsaved, so that taking it back is one step. */
export async function accept({ document: uri, text, proposals }: OpenProposal): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  if (document.getText() !== text) throw errors.annotateEdited();
  const edit = new WorkspaceEdit();
  for (const { edit: { range, newText } } of proposals) edit.replace(uri, toRange(range), newText);
  if (!(await workspace.applyEdit(edit))) throw errors.annotateRefused();
  await window.showTextDocument(document, { selection: new Range(0, 0, 0, 0) });
}

/** The proposal that a menu or a button means: the one it names, else the one in front. */
export function meantProposal(texts: ProposalTexts, [first]: readonly unknown[]): { readonly uri: Uri; readonly proposal: OpenProposal } {
  const uri = first instanceof Uri ? first : texts.inFront;
  const proposal = uri === undefined ? undefined : texts.find(uri);
  if (uri === undefined || proposal === undefined) throw errors.proposalGone();
  return { uri, proposal };
}
