import { activeFirings } from '../monitor/activeFirings.ts';
import { monitorsOf } from '../monitor/watched.ts';
import { accessOf } from './access.ts';
import { chartView } from './chartView.ts';
import type { ViewInput } from './input.ts';
import type { ActionId, ActionView, NoticeView } from './viewModel.ts';
import { counted } from './words.ts';

/** Triggers that have fired and hold. Each is announced by itself. */
export function firedNotices({ state, monitors, formatTime }: ViewInput): readonly NoticeView[] {
  return activeFirings(state).map(({ trigger, words, level, since, at }) => ({
    id: `fired:${trigger}:${at}`,
    severity: 'warning',
    text: `${words}: has held since ${formatTime(since)}. ${level === null ? 'The runbook says to decide then.' : `The runbook advises rollback level ${level} then.`} Nothing runs until you choose.${monitors?.state === 'asks' || monitors?.state === 'changed' ? ' It is not being measured now.' : ''}`,
    // Without a plan of its own this leads to the levels below, where the advised one is marked.
    actions: [action('planRollback', level === null ? 'To the rollback levels' : `To level ${level}`, 'discard', 'secondary', null)],
    details: [],
  }));
}

/** What is measured, and whether anybody has agreed to it; null without monitors or before a run. */
export function monitorsNotice(input: ViewInput): NoticeView | null {
  const { monitors, runbook } = input;
  if (monitors == null) return null;
  const all = monitorsOf(runbook);
  const access = accessOf(input);
  const count = counted(all.length, 'monitor');
  const base = { id: `monitors:${monitors.state}`, details: [] };
  // Measuring needs no terminal, so a running command is no reason against it.
  const watch = action('watchMonitors', 'Watch…', 'pulse', 'secondary', access.runBeside);
  switch (monitors.state) {
    case 'asks':
      return { ...base, severity: 'info', text: `This runbook has ${count}. Nothing is measured until you agree to the commands.`, actions: [watch] };
    case 'changed':
      return { ...base, severity: 'warning', text: `The monitors were edited after they were agreed to, so nothing is measured. Look at them as they are now.`, actions: [watch] };
    case 'elsewhere':
      return null;
    case 'watching':
      return { ...base, severity: 'info', text: `Watching ${count}.`, actions: [action('stopMonitors', 'Stop watching', 'debug-stop', 'quiet', access.record)], charts: all.map((monitor) => chartView(monitor, monitors, input)) };
  }
}

function action(id: ActionId, label: string, icon: string, style: ActionView['style'], disabledBecause: string | null): ActionView {
  return { id, label, icon, style, stepId: null, disabledBecause, key: null };
}
