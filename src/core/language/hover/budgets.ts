import type { Runbook, Section, Step } from '../../runbook/model.ts';
import { counted, durationWords, limitWords } from '../../view/words.ts';
import type { PastFacts } from './pastFacts.ts';

/** What a stated time means, and how long what it is about took in earlier runs. */
export function budgetWords(runbook: Runbook, { section, step }: { readonly section: Section | null; readonly step: Step | null }, facts: PastFacts): string | null {
  if (step?.estimate != null && section === null) return [`Estimate: **${limitWords(step.estimate.seconds)}**`, pastWords(step, facts)].filter((part) => part !== null).join('\n\n');
  if (section?.budgetSeconds == null) return null;
  const level = runbook.rollbackLevels.find(({ sectionId }) => sectionId === section.id);
  const what = level === undefined ? 'Time' : `Budget of rollback level ${String(level.level)}`;
  return [`${what}: **${limitWords(section.budgetSeconds)}**`, sectionPast(runbook, section, facts)].filter((part) => part !== null).join('\n\n');
}

/** How long a step took in earlier runs; null when no run says. */
export function pastWords({ id }: Pick<Step, 'id'>, { durations }: PastFacts): string | null {
  const past = durations.get(id);
  if (past === undefined) return null;
  const last = `Took ${durationWords(past.lastMs)} the last time it succeeded`;
  return past.count < 2 ? `${last}.` : `${last}, ${durationWords(past.medianMs)} in the middle of ${counted(past.count, 'run')}.`;
}

/** The commands of all steps below a heading, as far as runs say. */
function sectionPast({ steps, sections }: Runbook, section: Section, { durations }: PastFacts): string | null {
  const inside = new Set([section.id]);
  for (const { id, parentId } of sections) if (parentId !== null && inside.has(parentId)) inside.add(id);
  const running = steps.filter(({ sectionId, commands }) => sectionId !== null && inside.has(sectionId) && commands.length > 0);
  const known = running.flatMap(({ id }) => durations.get(id) ?? []);
  if (known.length === 0) return null;
  const sum = durationWords(known.reduce((total, { lastMs }) => total + lastMs, 0));
  return known.length === running.length ? `Its commands took ${sum} the last time.` : `${String(known.length)} of its ${counted(running.length, 'step')} with commands took ${sum} the last time; of the others no run says anything.`;
}
