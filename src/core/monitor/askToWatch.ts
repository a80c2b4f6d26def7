import { commonInputs } from '../run/asks.ts';
import type { Question } from '../run/question.ts';
import type { RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import { counted, limitWords } from '../view/words.ts';
import { monitorsOf } from './watched.ts';

/** Shows every command of the monitors exactly, and asks whether they may be run while this run goes on. */
export function askToWatch(runbook: Runbook, state: RunState): Question {
  const monitors = monitorsOf(runbook);
  const commands = monitors.map(({ command }) => command);
  return {
    title: `Watch ${counted(monitors.length, 'monitor')} during this run?`,
    text: 'These commands are run again and again, in the background and without a terminal, as long as the run goes on and its panel is open, also after a reload or when another window takes the run over, until you stop it. They get the variables of the environment and the inputs, and no secrets. A trigger that fires is shown; it runs nothing.',
    severity: 'info',
    commands,
    lists: [{ heading: 'How often, and for how long at most', items: monitors.map(({ name, everySeconds, timeoutSeconds }) => `${name}: every ${limitWords(everySeconds)}, ${limitWords(timeoutSeconds)} at most`) }],
    inputs: commonInputs(state, commands, [], runbook.frontMatter.shell),
    implied: [],
    confirmLabel: 'Watch',
    confirmStyle: 'primary',
  };
}
