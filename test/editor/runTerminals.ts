import { readFileSync } from 'node:fs';
import { descendants } from '../harness/processTree.ts';

/** The shells of runs' terminals: of the processes that have a run's variable, those whose parents have it not. */
export function runTerminals(): number[] {
  const marked = descendants(process.pid).filter((pid) => environmentOf(pid).includes('GUIDED_RUNBOOKS_RUN='));
  const below = new Set(marked.flatMap((pid) => descendants(pid)));
  return marked.filter((pid) => !below.has(pid));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    // It has gone between the two looks.
    return '';
  }
}
