import type { Command, Reservation, Section, SectionRole, Step } from './model.ts';
import { timeInTitle } from './time.ts';
import type { Node } from './tree.ts';
import { ROLE_WORDS } from './vocabulary.ts';

/** A type whose fields may still be written while the document is being read. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export type StepDraft = Draft<Step> & { commands: Command[]; requires: string[] };

/** A section while its part of the document is being read. */
export interface OpenSection {
  readonly section: Draft<Section>;
  /** Inside a rollback section, itself included. */
  readonly inRollback: boolean;
  /** Inside a rollback or trigger section: not part of the way forward. */
  readonly aside: boolean;
  /** Number that the heading's annotation gives it as a rollback level. */
  readonly level: number | null;
  /** Whom its annotation reserves it for, and whether it asks for evidence: for the choices of a gate. */
  readonly reservation: Reservation | null;
  readonly needsEvidence: boolean;
  /** Begun by a bold label and not by a heading. */
  readonly byLabel: boolean;
  /** Task card that owns everything below, with the items of its criteria; or null. */
  card: { readonly step: StepDraft; readonly criteria: ReadonlySet<Node> } | null;
}

/** Numbers and pictures before a heading's words: `### 8. Rollback`, `2) …`. */
const LEADING = /^(?:\d+(?:\.\d+)*[.)]?\s+|[^\p{L}\p{N}(`"'[]+)+/u;

/**
 * @param title plain words of a heading
 * @param isTitle true for the document's first H1: it names the whole document,
 *   so a phase or a passing mention of a rollback in it gives it no role
 * @returns the role that its words give it, or null
 */
export function roleOf(title: string, isTitle: boolean): SectionRole | null {
  const words = title.replace(LEADING, '').replace(/[_]+/g, ' ');
  if (isTitle) return /^(?:emergency\s+)?(?:roll[\s-]?back|recovery|revert)/i.test(words) ? 'rollback' : null;
  return ROLE_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/**
 * A subsection of a section with a purpose of its own keeps that purpose:
 * "Phase 1" under "Success Criteria" is a list of criteria and no phase.
 */
export function roleWithin(own: SectionRole | null, parents: readonly OpenSection[]): SectionRole | null {
  if (own !== 'phase') return own;
  const special = parents.findLast((parent) => ['criteria', 'triggers', 'signoff', 'rollback', 'postdeployment'].includes(parent.section.role ?? ''));
  return special === undefined ? own : special.section.role;
}

/** @returns the heading's time, and its words without numbering */
export function headingWords(title: string): { readonly seconds: number | null; readonly words: string | null; readonly bare: string } {
  const { time, rest } = timeInTitle(title);
  return { seconds: time?.seconds ?? null, words: time?.words ?? null, bare: rest.replace(LEADING, '') };
}
