import type { Runbook, Step } from '../runbook/model.ts';
import { isDerived, isSettled, ownStatusOf } from './derived.ts';
import { forwardSteps } from './order.ts';
import { gateKey, indexOf, isWithin } from './runbookIndex.ts';
import type { RunState } from './state.ts';

/** Steps counted; the choices of a gate count as one. */
export interface Progress {
  /** Done or skipped. */
  readonly done: number;
  /** Failed or unknown. */
  readonly failed: number;
  readonly running: number;
  readonly total: number;
}

/** Progress along the way forward. */
export function runProgress(runbook: Runbook, state: RunState | null): Progress {
  return count(state, forwardSteps(runbook));
}

/** Progress in a section and those inside it; in a section that stands aside its own steps are counted. */
export function sectionProgress(runbook: Runbook, state: RunState | null, sectionId: string): Progress {
  const index = indexOf(runbook);
  const inside = runbook.steps.filter((step) => !isDerived(runbook, step) && isWithin(index, step.sectionId, sectionId));
  const forward = inside.filter((step) => !step.aside);
  return count(state, forward.length > 0 ? forward : inside);
}

function count(state: RunState | null, steps: readonly Step[]): Progress {
  const gates = new Set<string>();
  const units = steps.filter((step) => {
    if (step.kind !== 'gate') return true;
    const first = !gates.has(gateKey(step));
    gates.add(gateKey(step));
    return first;
  });
  const statuses = units.map((step) => (step.kind === 'gate' && state?.gates.has(gateKey(step)) === true ? 'done' : ownStatusOf(state, step)));
  return {
    done: statuses.filter(isSettled).length,
    failed: statuses.filter((status) => status === 'failed' || status === 'unknown').length,
    running: statuses.filter((status) => status === 'running').length,
    total: units.length,
  };
}
