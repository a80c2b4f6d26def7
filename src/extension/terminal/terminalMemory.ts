import type { Memento } from 'vscode';
import type { TerminalMemory } from './runTerminals.ts';

const KEY = 'terminals';

/** Keeps the process ids of runs' terminals in the workspace's state. */
export function terminalMemory(state: Memento): TerminalMemory {
  const all = (): Readonly<Record<string, number>> => state.get(KEY, {});
  return {
    get: (runId) => (Object.hasOwn(all(), runId) ? all()[runId] : undefined),
    set: (runId, pid) => {
      const others = Object.entries(all()).filter(([known]) => known !== runId);
      return state.update(KEY, Object.fromEntries(pid === undefined ? others : [...others, [runId, pid]]));
    },
  };
}
