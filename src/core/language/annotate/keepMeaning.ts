import { parseRunbook } from '../../runbook/parse.ts';
import type { Command, Runbook } from '../../runbook/model.ts';
import { applyEdits } from '../text.ts';
import type { Proposal } from './proposal.ts';

/** How often a text is read at most to find the changes that would alter what it means. */
const MOST_READINGS = 120;

/**
 * The proposals after which the text still means the same: the same sections,
 * steps, commands and levels, and nothing that is wrong which was not before.
 * All of them, as a rule; one that would change something is found by halves.
 */
export function keepMeaning(text: string, proposals: readonly Proposal[]): readonly Proposal[] {
  const before = parseRunbook(text);
  const meaning = meaningOf(before);
  let readings = 0;
  const isSame = (chosen: readonly Proposal[]): boolean => {
    readings += 1;
    const after = parseRunbook(applyEdits(text, chosen.map(({ edit }) => edit)));
    return meaningOf(after) === meaning && newFindings(before, after).length === 0;
  };
  const add = (accepted: readonly Proposal[], wanted: readonly Proposal[]): readonly Proposal[] => {
    if (wanted.length === 0 || readings >= MOST_READINGS) return accepted;
    const all = [...accepted, ...wanted];
    if (isSame(all)) return all;
    if (wanted.length === 1) return accepted;
    const middle = wanted.length >> 1;
    return add(add(accepted, wanted.slice(0, middle)), wanted.slice(middle));
  };
  return add([], proposals);
}

/** What a runbook says and does, apart from names and places in the text. */
export function meaningOf(runbook: Runbook): string {
  const { steps, sections, rollbackLevels, undos, triggers } = runbook;
  const stepAt = new Map(steps.map(({ id }, index) => [id, index]));
  const sectionAt = new Map(sections.map(({ id }, index) => [id, index]));
  const at = (id: string): string => (stepAt.has(id) ? `step ${String(stepAt.get(id))}` : `section ${String(sectionAt.get(id))}`);
  return JSON.stringify([
    runbook.title,
    sections.map(({ title, depth, role, parentId, budgetSeconds, soak, requires }) => [title, depth, role, parentId === null ? null : at(parentId), budgetSeconds, soak, requires?.map(at)]),
    steps.map((step) => [step.title, step.titleMarkdown, step.kind, step.tickedInSource, step.owner, step.requires.map(at), step.commands.map(commandOf), step.estimate, step.soak, step.decision, step.reservation, step.needsEvidence, step.confirm, step.aside, step.verifies, step.irreversible, step.check, step.background, step.parallel === null, step.ordinal, step.parentId === null ? null : at(step.parentId), step.sectionId === null ? null : at(step.sectionId)]),
    rollbackLevels.map(({ level, title, budgetSeconds, commands, verify, notes, alternatives }) => [level, title, budgetSeconds, commands.map(commandOf), verify.map(commandOf), notes, alternatives.length]),
    undos.map(({ stepIds, command }) => [stepIds.map(at), commandOf(command)]),
    triggers.map(({ line: _, ...trigger }) => trigger),
    (runbook.frontMatter.setup?.environments ?? []).map(({ name }) => name),
  ]);
}

/** Codes of errors and warnings of the second that the first has not, or not so often. */
export function newFindings(before: Runbook, after: Runbook): readonly string[] {
  const known = findings(before);
  return findings(after).filter((code) => {
    const at = known.indexOf(code);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
}

function findings({ diagnostics }: Runbook): string[] {
  return diagnostics.flatMap(({ severity, code }) => (severity === 'info' ? [] : [`${severity} ${code}`]));
}

function commandOf({ language, text, options, expectedOutput }: Command): unknown {
  return [language, text, options, expectedOutput];
}
