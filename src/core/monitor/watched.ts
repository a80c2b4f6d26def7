import type { Runbook, Trigger } from '../runbook/model.ts';
import { metricKey, type Monitor } from '../runbook/monitors/model.ts';

/** A trigger that a monitor measures. */
export interface WatchedTrigger {
  /** The same for the same condition, wherever it stands. */
  readonly key: string;
  readonly trigger: Trigger;
  readonly monitor: Monitor;
}

const known = new WeakMap<Runbook, readonly WatchedTrigger[]>();

export function monitorsOf({ frontMatter }: Runbook): readonly Monitor[] {
  return frontMatter.monitors ?? [];
}

/** The triggers of a runbook that can be measured, those of its prose included; each condition once. */
export function watchedTriggers(runbook: Runbook): readonly WatchedTrigger[] {
  let watched = known.get(runbook);
  if (watched === undefined) known.set(runbook, (watched = find(runbook)));
  return watched;
}

function find(runbook: Runbook): readonly WatchedTrigger[] {
  const monitors = new Map(monitorsOf(runbook).map((monitor) => [metricKey(monitor.name), monitor]));
  const found = new Map<string, WatchedTrigger>();
  for (const trigger of runbook.triggers) {
    const monitor = monitors.get(metricKey(trigger.metric));
    if (monitor === undefined || trigger.operator === null || trigger.value === null) continue;
    const key = triggerKey(trigger);
    if (!found.has(key)) found.set(key, { key, trigger, monitor });
  }
  return [...found.values()];
}

/** For example `error_rate > 5% 300 1`: the condition, for how many seconds, and the level. */
export function triggerKey({ metric, operator, value, unit, forSeconds, level }: Trigger): string {
  return `${metricKey(metric).slice(0, 200)} ${operator ?? ''} ${String(value)}${unit ?? ''} ${String(forSeconds ?? 0)} ${String(level ?? 0)}`;
}

/** What a person agrees to, as a text to be hashed: every command with how it is run. */
export function agreementText(runbook: Runbook): string {
  return monitorsOf(runbook).map(({ name, command, everySeconds, timeoutSeconds }) => JSON.stringify([name, command.options.shell, command.language, command.text, everySeconds, timeoutSeconds])).join('\n');
}
