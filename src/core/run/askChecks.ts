import type { Step } from '../runbook/model.ts';
import { commonInputs } from './asks.ts';
import type { Question } from './question.ts';
import type { RunState } from './state.ts';

/**
 * What is asked before checks run together: it shows them all, exactly.
 * @param section title of the section whose checks they are; null: of the whole run
 * @param unread checks that have to be read by themselves (edited during the run, requests that need values) and are left out
 */
export function askBeforeChecks(state: RunState, section: string | null, steps: readonly Step[], unread: readonly Step[], documentShell: string | null): Question {
  const commands = steps.flatMap((step) => step.commands);
  const count = `${String(steps.length)} ${steps.length === 1 ? 'check' : 'checks'}`;
  const where = section === null ? 'this run' : `“${section}”`;
  return {
    title: `Verify ${where}: run ${count}?`,
    text: 'They run one after the other, whatever they say, and change nothing of the order of the steps. A check counts as its step only when that is the next one.',
    severity: 'info',
    commands,
    ...(unread.length === 0 ? {} : { lists: [{ heading: 'Left out, because they were edited after the run started, are requests that need values, or are reserved for others. See to each by itself.', items: unread.map(({ title }) => title) }] }),
    inputs: commonInputs(state, commands, steps.map(({ confirm }) => confirm), documentShell),
    implied: ['confirm'],
    confirmLabel: `Run ${count}`,
    confirmStyle: 'primary',
  };
}
