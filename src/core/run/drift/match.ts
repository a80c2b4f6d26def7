import type { Runbook, Step } from '../../runbook/model.ts';
import { indexOf } from '../runbookIndex.ts';
import { stepContent } from './content.ts';
import { diffLines } from './diffLines.ts';

/** The steps of two runbooks, paired. */
export interface Pairs {
  /** The earlier step of each step now, by its id now; a step that is not in here was added. */
  readonly before: ReadonlyMap<string, Step>;
  /** Earlier steps that are no longer there. */
  readonly gone: readonly Step[];
  /** Ids (now) of paired steps that stand in another order, below another step or under another id. */
  readonly moved: ReadonlySet<string>;
}

/**
 * Pairs steps by their ids; what is left over by equal commands, where exactly
 * one step of each runbook has them. Never by position: a step that cannot be
 * told is gone, and another one was added.
 */
export function pairSteps(earlier: Runbook, now: Runbook): Pairs {
  const ids = indexOf(earlier).steps;
  const before = new Map(now.steps.flatMap(({ id }) => (ids.has(id) ? [[id, ids.get(id) as Step] as const] : [])));
  const [old, young] = [soleCommands(earlier), soleCommands(now)];
  for (const [key, step] of young) {
    const twin = old.get(key);
    if (step === null || twin == null || before.has(step.id) || indexOf(now).steps.has(twin.id)) continue;
    before.set(step.id, twin);
  }
  const paired = new Set([...before.values()].map(({ id }) => id));
  return { before, gone: earlier.steps.filter(({ id }) => !paired.has(id)), moved: movedSteps(earlier, now, before) };
}

/** Steps by what they run; null where several run the same. */
function soleCommands(runbook: Runbook): ReadonlyMap<string, Step | null> {
  const steps = new Map<string, Step | null>();
  for (const step of runbook.steps) {
    if (step.commands.length === 0) continue;
    const key = stepContent(runbook, step).commands.join('\n');
    steps.set(key, steps.has(key) ? null : step);
  }
  return steps;
}

function movedSteps(earlier: Runbook, now: Runbook, before: Pairs['before']): ReadonlySet<string> {
  const nowIds = new Map([...before].map(([id, step]) => [step.id, id]));
  const then = earlier.steps.flatMap(({ id }) => nowIds.get(id) ?? []);
  const order = diffLines(then, now.steps.flatMap(({ id }) => (before.has(id) ? [id] : [])));
  const isElsewhere = ({ id, parentId }: Step): boolean => {
    const parent = before.get(id)?.parentId ?? null;
    return before.has(id) && (before.get(id)?.id !== id || (parent === null ? null : (nowIds.get(parent) ?? parent)) !== parentId);
  };
  return new Set([...order.filter(({ sign }) => sign === '+').map(({ text }) => text), ...now.steps.filter(isElsewhere).map(({ id }) => id)]);
}
