import { succeeded } from '../../src/core/run/outcome.ts';
import type { RunState } from '../../src/core/run/state.ts';

/** What is wrong with a state, in words; empty when it is legal. */
export function illegalities(state: RunState): readonly string[] {
  const wrong: string[] = [];
  const check = (ok: boolean, words: string): void => {
    if (!ok) wrong.push(words);
  };
  const open = [...state.executions.values()].filter(({ outcome }) => outcome === null);
  check(state.activeExecutionId === (open.findLast(({ upAt }) => upAt === null)?.executionId ?? null), 'the active execution is not the latest open one in the foreground');
  check(state.running.size === open.length && open.every(({ executionId }) => state.running.has(executionId)), 'what runs is not what has no end');
  check(state.activeRollbackId === ([...state.rehearsals, ...state.rollbacks].findLast(({ outcome }) => outcome === null)?.rollbackId ?? null), 'the active rollback is not the latest open one');
  for (const record of state.steps.values()) {
    const { stepId, status, doneBy, executionIds, attemptFrom, latest } = record;
    const attempt = executionIds.slice(attemptFrom).flatMap((id) => state.executions.get(id) ?? []);
    const last = attempt.at(-1);
    check((status === 'done') === (doneBy !== null), `${stepId} is ${status} by ${String(doneBy)}`);
    check(attemptFrom <= executionIds.length, `${stepId} begins behind its end`);
    check((status === 'running') === (last !== undefined && last.outcome === null && last.upAt === null && status !== 'done' && status !== 'skipped'), `${stepId} is ${status} with its last execution ${JSON.stringify(last?.outcome)}`);
    check(status !== 'background' || (last !== undefined && last.isBackground && last.upAt !== null), `${stepId} is in the background without having been put there`);
    if (doneBy === 'command') check(attempt.length > 0 && last !== undefined && succeeded(last) && new Set(attempt.filter(succeeded).map(({ index }) => index)).size >= last.count, `${stepId} is done without evidence`);
    const latestOnes = new Map(attempt.map(({ index, executionId }) => [index, executionId]));
    check(latest.size === latestOnes.size && [...latest].every(([index, id]) => latestOnes.get(index) === id), `${stepId} names other latest executions than it has`);
    check((doneBy === 'decision') === [...state.gates.values()].some((gate) => gate.stepId === stepId), `${stepId}'s decision and its gate do not agree`);
    check((record.decision !== null) === (doneBy === 'decision'), `${stepId} has a decision without being decided`);
  }
  for (const gate of state.gates.values()) check(state.steps.get(gate.stepId)?.decision === gate.decision, 'a gate says something else than its choice');
  check((state.noGo !== null) === [...state.gates.values()].some(({ decision }) => decision === 'no-go'), 'No-Go and the gates do not agree');
  const ids = [...state.rollbacks, ...state.rehearsals].map(({ rollbackId }) => rollbackId);
  check(new Set(ids).size === ids.length, 'an id stands for two rollbacks or rehearsals');
  check(state.rehearsals.every(({ rehearsal }) => rehearsal !== null) && state.rollbacks.every(({ rehearsal }) => rehearsal === null), 'a rehearsal is taken for a rollback, or the other way round');
  for (const rollback of [...state.rollbacks, ...state.rehearsals]) check(rollback.executionIds.every((id) => state.executions.has(id)), 'a rollback has an execution that is not there');
  return wrong;
}
