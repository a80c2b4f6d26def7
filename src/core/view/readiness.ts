import type { Runbook } from '../runbook/model.ts';
import { hasLevel, stepsWithoutUndo, wayBackFindings } from '../runbook/wayBack.ts';
import { noReturnWords } from '../run/noReturn.ts';
import type { RunState } from '../run/state.ts';
import { unfilledOf } from './stepBlock.ts';
import type { NoticeView } from './viewModel.ts';
import { counted, quoted } from './words.ts';

type Detail = NoticeView['details'][number];

/** What a person should know before starting: everything here is read off the document, nothing is guessed. */
export function readiness(runbook: Runbook, state: RunState | null, hasMemberLevels = false): NoticeView | null {
  const details = [...unfilled(runbook, state), ...(hasMemberLevels ? [] : levels(runbook)), ...wayBack(runbook), ...hidden(runbook), ...fields(runbook), ...ticked(runbook)];
  if (details.length === 0) return null;
  return {
    id: 'readiness',
    severity: 'info',
    text: `Before you start: ${counted(details.length, 'thing')} to know.`,
    actions: [],
    details,
  };
}

function unfilled(runbook: Runbook, state: RunState | null): readonly Detail[] {
  const inSteps = runbook.steps.flatMap((step) =>
    unfilledOf(step, state, runbook).map((name) => ({ text: `${quoted(step.title)} needs a value for ${name}.`, line: step.line })),
  );
  const inLevels = runbook.rollbackLevels.flatMap((level) =>
    unfilledOf({ commands: [...level.commands, ...level.verify] }, state, runbook).map((name) => ({
      text: `Rollback level ${level.level} needs a value for ${name}.`,
      line: level.line,
    })),
  );
  return [...inSteps, ...inLevels];
}

function levels(runbook: Runbook): readonly Detail[] {
  const runs = runbook.steps.some((step) => !step.aside && step.commands.length > 0);
  if (runbook.rollbackLevels.length === 0) {
    return runs && runbook.undos.length === 0 ? [{ text: 'This runbook runs commands and has no rollback level.', line: null }] : [];
  }
  return runbook.rollbackLevels
    .filter((level) => level.commands.length === 0)
    .map((level) => ({ text: `Rollback level ${level.level}, ${quoted(level.title)}, has no commands.`, line: level.line }));
}

/** Where the way back is short of something, and where it ends. */
function wayBack(runbook: Runbook): readonly Detail[] {
  const bare = stepsWithoutUndo(runbook);
  const [first] = bare;
  const found = wayBackFindings(runbook).map(({ message, line }) => ({ text: message, line }));
  const onlyLevels = first === undefined || !hasLevel(runbook) ? [] : [{ text: `${counted(bare.length, 'step has', 'steps have')} no undo block, ${quoted(first.title)} first: only a rollback level takes ${bare.length === 1 ? 'it' : 'them'} back.`, line: first.line }];
  const ends = runbook.steps.flatMap((step) => {
    const words = noReturnWords(step);
    return words === null ? [] : [{ text: words, line: step.line }];
  });
  const named = new Set(runbook.undos.flatMap(({ stepIds }) => stepIds));
  const files = runbook.steps.flatMap(({ id, title, line, commands }) => commands.flatMap(({ options }) => (options.file === undefined || named.has(id) ? [] : [{ text: `${quoted(title)} writes ${options.file}, and no undo block takes it back.`, line }])));
  return [...found, ...onlyLevels, ...files, ...ends];
}

function hidden(runbook: Runbook): readonly Detail[] {
  return runbook.steps.flatMap((step) =>
    step.commands
      .filter((command) => command.hidden.length > 0)
      .map((command) => ({
        text: `${quoted(step.title)} holds ${counted(command.hidden.length, 'hidden character')}: what is shown may not be what runs.`,
        line: command.line,
      })),
  );
}

function fields(runbook: Runbook): readonly Detail[] {
  const open = runbook.fields.filter((field) => field.where === 'prose');
  const [first] = open;
  if (first === undefined) return [];
  return [{ text: `${counted(open.length, 'place')} in the text still to be filled in, ${quoted(first.name)} first.`, line: first.line }];
}

function ticked(runbook: Runbook): readonly Detail[] {
  const steps = runbook.steps.filter((step) => step.tickedInSource);
  const [first] = steps;
  if (first === undefined) return [];
  const are = steps.length === 1 ? 'is' : 'are';
  return [{ text: `${counted(steps.length, 'step')} ${are} ticked in the document. A run starts with all of them open.`, line: first.line }];
}
