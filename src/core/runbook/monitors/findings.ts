import type { Diagnostic, RollbackLevel, Trigger } from '../model.ts';
import { about } from '../about.ts';
import { nearest } from '../nearest.ts';
import { metricKey, type Monitor } from './model.ts';

/**
 * What is odd between triggers, monitors and levels. Triggers that were read
 * from prose are reminders as they are: of those only what a monitor could
 * measure is looked at, and never as more than a remark.
 *
 * @param levels null when they may stand in another runbook of the package
 */
export function monitorFindings(triggers: readonly Trigger[], monitors: readonly Monitor[], levels: readonly RollbackLevel[] | null): readonly Diagnostic[] {
  const byKey = new Map(monitors.map((monitor) => [metricKey(monitor.name), monitor]));
  const known = levels === null ? null : new Set(levels.map(({ level }) => level));
  const findings = triggers.flatMap((trigger): readonly Diagnostic[] => {
    const { metric, unit, level, line, declared, operator } = trigger;
    const monitor = byKey.get(metricKey(metric));
    const found: Diagnostic[] = [];
    if (monitor === undefined && declared === true) {
      const near = nearest(metric, monitors.map(({ name }) => name));
      found.push({ severity: 'warning', code: 'no-monitor', message: `Nothing measures "${metric}", so this trigger never fires: add a monitor of that name${near === null ? '' : `, or did you mean "${near}"?`}`, line, ...about(metric, near) });
    } else if (monitor === undefined && operator !== null && monitors.length > 0) {
      found.push({ severity: 'info', code: 'no-monitor', message: `"${metric}" has no monitor, so this trigger is a reminder for people.`, line, ...about(metric) });
    } else if (monitor !== undefined && unit !== null && monitor.unit !== null && unit !== monitor.unit) {
      found.push({ severity: declared === true ? 'warning' : 'info', code: 'other-unit', message: `This trigger is in ${unit}, and the monitor ${monitor.name} measures ${monitor.unit}: they are not compared. Give both the same unit.`, line, ...about(unit) });
    }
    if (declared === true && level !== null && known?.has(level) === false) found.push({ severity: 'warning', code: 'unknown-level', message: `This trigger names rollback level ${String(level)}, which the runbook does not have.`, line, ...about(String(level)) });
    return found;
  });
  const used = new Set(triggers.map(({ metric }) => metricKey(metric)));
  const unused = monitors.filter(({ name }) => !used.has(metricKey(name)));
  return [...findings, ...unused.map(({ name, line }): Diagnostic => ({ severity: 'info', code: 'no-trigger', message: `No trigger looks at the monitor ${name}: it is shown and says nothing.`, line, ...about(name) }))];
}
