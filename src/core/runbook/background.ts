import type { Attributes } from './attributes.ts';
import { EXIT_ZERO } from './expectation.ts';
import type { Reading, StepDraft } from './reading.ts';
import { REQUEST_LANGUAGE } from './vocabulary.ts';

/**
 * A step keeps running in the background when its only command says so. What
 * cannot go with it is reported and left out: nobody waits for its end, so
 * nothing can be expected of its output, and it is not tried again.
 */
export function markBackground(reading: Reading, step: StepDraft, attributes: Attributes, line: number): void {
  const isAlone = step.commands.length === 1;
  const isMarked = attributes.values.has('background');
  if ((isMarked || step.background) && !isAlone) reading.report('warning', 'background-of-several', '"background" does nothing here: the item has several commands. Give the command that keeps running an item of its own.', line, 'background');
  if (!isAlone) step.background = false;
  const [command] = step.commands;
  if (!isMarked || !isAlone || command === undefined) return;
  const { repeat, expects, capture } = command.options;
  const never = step.aside ? 'a rollback' : step.check ? 'a check' : command.options.file !== undefined ? 'writing a file' : command.language === REQUEST_LANGUAGE ? 'a request' : null;
  if (never !== null) return reading.report('error', 'bad-combination', `"background" does nothing here: ${never} has to come to an end.`, line, 'background');
  const refused = [repeat === null ? null : 'retry', expects.output.length === 0 ? null : 'an expected output', capture === undefined ? null : 'capture'].filter((words) => words !== null);
  for (const words of refused) reading.report('error', 'bad-combination', `"background" and ${words} do not go together: the run goes on before this command ends. Put a check with retry behind it, which waits until it answers.`, line, 'background');
  step.background = true;
  const { capture: _, ...options } = command.options;
  step.commands = [{ ...command, options: { ...options, repeat: null, expects: expects.output.length === 0 ? expects : { exit: expects.exit.length === 0 ? EXIT_ZERO.exit : expects.exit, output: [] } } }];
}

/** Blocks of a rollback and undo blocks run one after the other, and are waited for. */
export function misplacedBackground(reading: Reading, attributes: Attributes, line: number): void {
  if (attributes.values.has('background')) reading.report('error', 'bad-combination', '"background" does nothing here: what takes something back has to come to an end.', line, 'background');
}
