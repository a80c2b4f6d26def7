import type { TextEdit } from '../text.ts';

/** What a change of the text makes explicit. */
export type ProposalKind = 'frontMatter' | 'ids' | 'levels' | 'imports';

/** The kinds in words, for those who choose among them. */
export const PROPOSAL_KINDS: Readonly<Record<ProposalKind, { readonly label: string; readonly detail: string }>> = {
  frontMatter: { label: 'Front matter', detail: 'That it is a runbook, and the values that a start asks for' },
  ids: { label: 'Ids', detail: 'Names that stay when titles change, for steps with commands, phases and gates' },
  levels: { label: 'Rollback levels', detail: 'Their numbers and the times that their headings state' },
  imports: { label: 'Annotations of other tools', detail: 'What Runme and Innovation Engine wrote, in words of this format' },
};

/** One change of the text and why it is proposed. Each can be made or left by itself. */
export interface Proposal {
  readonly kind: ProposalKind;
  readonly edit: TextEdit;
  /** A sentence of a few words. */
  readonly reason: string;
}
