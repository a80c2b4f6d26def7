import type { Memento } from 'vscode';
import { isOfRun, type TerminalMemory } from './runTerminals.ts';

const KEY = 'terminals';

/** Keeps the process ids of runs' terminals in the workspace's state. */
export function terminalMemory(state: Memento): TerminalMemory {
  const all = (): Readonly<Record<string, number>> => state.get(KEY, {});
  return {
    get: (key) => (Object.hasOwn(all(), key) ? all()[key] : undefined),
    set: (key, pid) => {
      const others = Object.entries(all()).filter(([known]) => known !== key);
      return state.update(KEY, Object.fromEntries(pid === undefined ? others : [...others, [key, pid]]));
    },
    forget: (runId) => state.update(KEY, Object.fromEntries(Object.entries(all()).filter(([known]) => !isOfRun(known, runId)))),
  };
}
