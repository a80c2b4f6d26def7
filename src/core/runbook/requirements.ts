import { nearest } from './nearest.ts';
import type { Reading } from './reading.ts';

/**
 * Resolves what steps and sections wait for: task cards by the beginning of
 * their headings ("Depends on Task_3_2_01"), the rest by ids of steps and
 * sections. What names nothing is reported. A card that names no task of this
 * document waits for nothing of it; an id that was written in `requires=` and
 * is not there is kept: the step waits, since nobody knows what for.
 */
export function resolveRequirements(reading: Reading): void {
  const ids = new Set(reading.steps.map((step) => step.id));
  const cards = reading.steps.filter((step) => step.kind === 'task');
  for (const { step, names } of reading.dependencies) {
    for (const name of names) {
      const found = ids.has(name) ? name : cards.find((card) => card.title.includes(name))?.id;
      if (found === undefined) reading.report('warning', 'unknown-step', `"${step.title}" depends on ${name}, which is no task in this runbook.`, step.line, name);
      else if (found !== step.id) step.requires = [...step.requires, found];
    }
  }
  const known = new Set([...ids, ...reading.sections.map((section) => section.id)]);
  for (const step of reading.steps) if (step.requires.length > 0) step.requires = [...checked(reading, known, step.title, step.requires, step.line)];
  for (const section of reading.sections) {
    if (section.requires === undefined) continue;
    section.requires = checked(reading, known, section.title, section.requires, section.line);
  }
}

function checked(reading: Reading, known: ReadonlySet<string>, title: string, requires: readonly string[], line: number): readonly string[] {
  for (const id of requires) {
    if (known.has(id)) continue;
    const near = nearest(id, known);
    reading.report('error', 'unknown-step', `"${title}" requires #${id}, but no step or section has this id.${near === null ? '' : ` Did you mean #${near}?`}`, line, id, near);
  }
  return [...new Set(requires)];
}
