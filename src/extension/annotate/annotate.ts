import { commands, type QuickPickItem, type TextDocument, window, workspace } from 'vscode';
import { keepMeaning } from '../../core/language/annotate/keepMeaning.ts';
import { PROPOSAL_KINDS, type Proposal, type ProposalKind } from '../../core/language/annotate/proposal.ts';
import { proposeAnnotations } from '../../core/language/annotate/proposeAnnotations.ts';
import { applyEdits } from '../../core/language/text.ts';
import { counted } from '../../core/view/words.ts';
import type { CommandId } from '../contributions.ts';
import type { ProposalTexts } from './proposalTexts.ts';

const ACCEPT: CommandId = 'guidedRunbooks.acceptAnnotations';
const DISCARD: CommandId = 'guidedRunbooks.discardAnnotations';

/**
 * Proposes annotations for a document and shows them beside it. Nothing is
 * written before the person accepts.
 */
export async function annotate(document: TextDocument, texts: ProposalTexts): Promise<void> {
  const text = document.getText();
  const proposals = proposeAnnotations(text);
  if (proposals.length === 0) {
    void window.showInformationMessage('There is nothing to annotate in this document: what a run needs is said in it already, or it has no steps.');
    return;
  }
  const kinds = await chosenKinds(proposals);
  if (kinds === undefined || kinds.size === 0) return;
  const chosen = keepMeaning(text, proposals.filter(({ kind }) => kinds.has(kind)));
  if (chosen.length === 0) return;
  const name = workspace.asRelativePath(document.uri);
  const shown = texts.add({ document: document.uri, text, proposals: chosen }, applyEdits(text, chosen.map(({ edit }) => edit)));
  await commands.executeCommand('vscode.diff', document.uri, shown, `${name} ↔ annotated`, { preview: false });
  const pressed = await window.showInformationMessage(`${counted(chosen.length, 'change')} proposed for ${name}; the text on the right has them. Nothing is written before you accept.`, 'Accept', 'Discard');
  if (pressed !== undefined && texts.find(shown) !== undefined) await commands.executeCommand(pressed === 'Accept' ? ACCEPT : DISCARD, shown);
}

interface KindItem extends QuickPickItem {
  readonly of: ProposalKind;
}

/** @returns the kinds that the person leaves ticked; undefined when they change their mind */
async function chosenKinds(proposals: readonly Proposal[]): Promise<ReadonlySet<ProposalKind> | undefined> {
  const kinds = (Object.keys(PROPOSAL_KINDS) as ProposalKind[]).filter((kind) => proposals.some((proposal) => proposal.kind === kind));
  if (kinds.length === 1) return new Set(kinds);
  const items = kinds.map((kind): KindItem => ({
    ...PROPOSAL_KINDS[kind],
    description: counted(proposals.filter((proposal) => proposal.kind === kind).length, 'change'),
    picked: true,
    of: kind,
  }));
  const picked = await window.showQuickPick<KindItem>(items, { canPickMany: true, title: 'Annotate', placeHolder: 'What should be made explicit? It is shown before anything is written.' });
  return picked === undefined ? undefined : new Set(picked.map(({ of }) => of));
}
