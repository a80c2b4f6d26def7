import { monitorsOf, watchedTriggers } from '../monitor/watched.ts';
import type { Runbook } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import { triggerWords } from '../view/triggerWords.ts';
import type { CommandOf } from './commands.ts';
import type { RunEventBody } from './events.ts';
import { shellOf } from './shell/shells.ts';
import type { RunState } from './state.ts';

/** Records the latest values of a firing only: the record is no time series. */
const MOST_SAMPLES = 60;

export function decideAgreeMonitors(runbook: Runbook, { sha256 }: CommandOf<'agreeMonitors'>): readonly RunEventBody[] {
  const monitors = monitorsOf(runbook);
  if (monitors.length === 0) throw errors.noMonitors();
  return [{ type: 'monitors.agreed', sha256, monitors: monitors.map(({ name, command, everySeconds }) => ({ name, shell: shellOf(command, runbook.frontMatter.shell), text: command.text, everySeconds })) }];
}

/** Records that a trigger fired, once until it is cleared. One that the runbook no longer has says nothing. */
export function decideFireTrigger(runbook: Runbook, state: RunState, { trigger, since, samples }: CommandOf<'fireTrigger'>): readonly RunEventBody[] {
  const watched = watchedTriggers(runbook).find(({ key }) => key === trigger);
  if (watched === undefined || isFiring(state, trigger)) return [];
  return [{ type: 'trigger.fired', trigger, words: triggerWords(watched.trigger), level: watched.trigger.level, since, samples: samples.slice(-MOST_SAMPLES) }];
}

/** Whether a trigger has fired and was not cleared. */
export function isFiring(state: RunState, trigger: string): boolean {
  return state.firings.some((firing) => firing.trigger === trigger && firing.clearedAt === null);
}
