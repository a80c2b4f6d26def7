import type { Step } from '../../runbook/model.ts';
import { UNDO_LEVEL } from '../../rollback/levelName.ts';
import type { PromptView } from '../../view/viewModel.ts';
import { counted } from '../../view/words.ts';
import { acknowledgement, type Question, type QuestionInput } from '../question.ts';
import type { Drift } from './compare.ts';
import type { RebasePlan } from './rebase.ts';

/** How many steps can be left as they are one by one; the panel sends no more answers than that. */
const MOST = 60;

/**
 * Shows what a rebase would do, and asks once. All that was edited stands in
 * it: after the rebase nobody is asked to read it any more.
 */
export function askRebase({ stays, opens, added, gone, renamed }: RebasePlan, { steps, levels, goneLevels }: Drift): Question {
  const listed = new Set([...stays, ...opens].map(({ id }) => id));
  const others = [...steps.values()].filter(({ kind, now }) => kind === 'changed' && !listed.has(now.id)).map(({ now }) => now);
  const lists: NonNullable<PromptView['lists']> = [
    { heading: 'Becomes open, because its content is another', items: titles(opens) },
    { heading: 'Is open and has another content', items: titles(others) },
    { heading: 'Is added', items: titles(added) },
    { heading: 'Is gone', items: [...titles(gone), ...goneLevels.map(({ level, title }) => level === UNDO_LEVEL ? 'Undo blocks' : `Rollback level ${String(level)}: ${title}`)] },
    { heading: 'Rollback levels that change', items: [...levels.values()].map(({ now }) => now.level === UNDO_LEVEL ? 'Undo blocks' : `Level ${String(now.level)}: ${now.title}`) },
    { heading: 'Keeps what is recorded', items: titles(stays) },
  ].filter(({ items }) => items.length > 0);
  const carried = renamed.length === 0 ? '' : ` ${counted(renamed.length, 'renamed step keeps its', 'renamed steps keep their')} record.`;
  return {
    title: 'Rebase this run on the present text?',
    text: `The run goes by the present text of the runbook from here on.${carried} Both texts are kept with the record. Nothing is run.`,
    severity: opens.length > 0 || levels.size > 0 ? 'warning' : 'info',
    commands: [],
    lists,
    difference: [...levels.values(), ...steps.values()].flatMap(({ difference }) => difference),
    inputs: opens.slice(0, MOST).map(leave),
    implied: [],
    confirmLabel: 'Rebase run',
    confirmStyle: 'primary',
  };
}

/** Steps of a plan that the answers leave as they are, by id. */
export function keptSteps({ opens }: RebasePlan, acknowledged: readonly string[]): readonly string[] {
  return opens.flatMap(({ id }, place) => (acknowledged.includes(nameOf(place)) ? [id] : []));
}

/** Open is what a step becomes unless a person says otherwise: nobody has done what the new text says. */
function leave({ title }: Step, place: number): QuestionInput {
  return { ...acknowledgement(nameOf(place), `Leave “${title}” as it is, with its earlier text`), required: false };
}

function nameOf(place: number): string {
  return `keep:${String(place)}`;
}

function titles(steps: readonly Step[]): readonly string[] {
  return steps.map(({ title }) => title);
}
