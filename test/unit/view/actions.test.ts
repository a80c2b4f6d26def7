import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunCommand } from '../../../src/core/run/commands.ts';
import { decide } from '../../../src/core/run/decide.ts';
import { naturalEnd } from '../../../src/core/run/decideEnd.ts';
import { firstCommandToRun, isSettled, ownStatusOf } from '../../../src/core/run/derived.ts';
import { EMPTY_RUN, evolve } from '../../../src/core/run/evolve.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { planRollback } from '../../../src/core/rollback/planRollback.ts';
import type { RollbackPlan } from '../../../src/core/rollback/plan.ts';
import { rollbackProgress } from '../../../src/core/rollback/progress.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import { UserError } from '../../../src/core/userError.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { ActionView, PanelView } from '../../../src/core/view/viewModel.ts';
import { outcomes } from '../../fakes/arbitraryEvents.ts';
import { levelOf, runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { input } from './fixture.ts';

const STEPS = [
  stepOf('m'),
  stepOf('c', { commands: ['one', 'two'] }),
  stepOf('p'),
  stepOf('p1', { parentId: 'p' }),
  stepOf('p2', { parentId: 'p', commands: ['x'] }),
  stepOf('q', { commands: ['own'] }),
  stepOf('q1', { parentId: 'q', kind: 'gate', decision: 'go', sectionId: 'h' }),
  stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'g' }),
  stepOf('no', { kind: 'gate', decision: 'no-go', sectionId: 'g' }),
  stepOf('b', { commands: ['three'], requires: ['c'] }),
  stepOf('s', { requires: ['m'], kind: 'attestation' }),
  stepOf('side', { aside: true, commands: ['look'] }),
  stepOf('check', { aside: true }),
];
const REST: Parameters<typeof runbookOf>[1] = {
  blocks: STEPS.map(({ id }) => ({ kind: 'step', stepId: id })),
  sections: [sectionOf('g'), sectionOf('h')],
  rollbackLevels: [levelOf(1, ['off'], ['probe']), levelOf(2, ['restore'])],
};
const BOOK = runbookOf(STEPS, REST);
/** What was a command is a tick, and what was a tick is a command. */
const EDITED = runbookOf(STEPS.map((step) => (step.id === 'c' ? stepOf('c') : step.id === 'b' ? stepOf('b', { kind: 'gate', sectionId: 'k' }) : step.id === 'm' ? stepOf('m', { commands: ['now'] }) : step)), REST);

const sha256 = (text: string): string => text;
/** A choice among what is offered at a moment; now and then the document is edited instead. */
const choices = fc.array(fc.record({ pick: fc.nat(), edit: fc.integer({ min: 0, max: 15 }).map((n) => n === 0), looked: fc.constantFrom(null, null, 1, 2), outcome: fc.oneof(fc.constant({ kind: 'exited' as const, code: 0 }), outcomes) }), { maxLength: 40, size: 'max' });

interface Moment {
  readonly runbook: Runbook;
  readonly state: RunState;
  readonly plan: RollbackPlan | null;
  readonly id: string;
}

/** What a session would have decided for an action; null for those that record nothing. */
function commandOf(action: ActionView, { runbook, state, plan, id }: Moment): RunCommand | null {
  const stepId = action.stepId ?? '';
  const rollback = state.rollbacks.find(({ rollbackId }) => rollbackId === state.activeRollbackId);
  switch (action.id) {
    case 'run':
    case 'retry': {
      const step = runbook.steps.find((each) => each.id === stepId);
      if (step === undefined) throw new Error('an action of no step');
      const index = isSettled(ownStatusOf(state, step)) ? 0 : firstCommandToRun(state, step) % step.commands.length;
      return { type: 'startCommand', executionId: id, owner: { kind: 'step', stepId }, index, count: step.commands.length, text: step.commands[index]?.text ?? '', source: null, sha256: '', shell: 'bash', acknowledged: ['lost', 'again'] };
    }
    case 'stop':
    case 'forceStop':
      return { type: 'requestStop', executionId: state.activeExecutionId ?? '', force: action.id === 'forceStop' };
    case 'tick':
      return { type: 'tick', stepId, note: null };
    case 'untick':
    case 'reopen':
      return { type: action.id, stepId };
    case 'skip':
    case 'markDone':
      return { type: action.id, stepId, reason: 'why' };
    case 'go':
    case 'noGo':
      return { type: 'decideGate', stepId, decision: action.id === 'go' ? 'go' : 'no-go' };
    case 'endRun':
      return { type: 'endRun', outcome: naturalEnd(runbook, state) ?? 'abandoned', reason: 'why' };
    case 'abandonRun':
      return { type: 'endRun', outcome: 'abandoned', reason: 'why' };
    case 'confirmRollback':
      return plan === null ? null : { type: 'startRollback', rollbackId: id, plan };
    case 'retryRollback': {
      if (rollback === undefined) return { type: 'endRollback', outcome: 'abandoned', reason: null };
      const { next, executions } = rollbackProgress(state, rollback);
      if (next === executions.length) return { type: 'endRollback', outcome: 'succeeded', reason: null };
      return { type: 'startCommand', executionId: id, owner: { kind: 'rollback', rollbackId: rollback.rollbackId }, index: next, count: rollback.commands.length, text: rollback.commands[next]?.text ?? '', source: null, sha256: '', shell: 'bash', acknowledged: ['lost'] };
    }
    case 'abandonRollback':
      return { type: 'endRollback', outcome: 'abandoned', reason: null };
    default:
      return null;
  }
}

/** What decide says of it: a code, or null when it is allowed. */
function refusal(runbook: Runbook, state: RunState | null, command: RunCommand): string | null {
  try {
    decide(runbook, state, command);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

function actionsOf({ header, blocks, rollback }: PanelView): readonly ActionView[] {
  const ofSteps = blocks.flatMap((block) => (block.kind === 'step' ? [...block.actions, ...(block.tickable ? [tickOf(block.stepId, block.status === 'done')] : [])] : []));
  return [header.primary, ...header.actions, ...ofSteps, ...(rollback?.actions ?? [])].filter((action) => action !== null);
}

function tickOf(stepId: string, isTicked: boolean): ActionView {
  return { id: isTicked ? 'untick' : 'tick', label: 'the box', icon: null, style: 'quiet', stepId, disabledBecause: null, key: null };
}

/** Whether what is disabled is disabled for a reason. Only for what a person decides alone: the others need trust, or ask first. */
const BY_HAND: readonly string[] = ['tick', 'untick', 'skip', 'markDone', 'reopen', 'go', 'noGo', 'endRun', 'abandonRun'];

test('what is offered is not refused, and what is disabled would be refused', () => {
  const used = new Map<string, number>();
  fc.assert(
    fc.property(choices, (list) => {
      let runbook = BOOK;
      let state = EMPTY_RUN;
      let seq = 0;
      const record = (command: RunCommand): void => {
        for (const body of decide(runbook, seq === 0 ? null : state, command)) {
          seq += 1;
          state = evolve(state, { v: 1, id: `e${seq}`, run: 'r', writer: 'w', seq, heads: {}, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
        }
      };
      record({ type: 'startRun', title: 'Deploy', file: 'deploy.md', textSha256: '', git: null });
      for (const [at, { pick, edit, looked, outcome }] of list.entries()) {
        if (state.activeExecutionId === null && edit) runbook = runbook === BOOK ? EDITED : BOOK;
        const plan = looked === null ? null : planRollback(runbook, state, looked, sha256);
        const moment: Moment = { runbook, state, plan, id: `x${at}` };
        const allowed: RunCommand[] = state.activeExecutionId === null ? [] : [{ type: 'endCommand', executionId: state.activeExecutionId, outcome, durationMs: 1, environmentCarried: true, outputTail: null }];
        for (const action of actionsOf(buildPanelView(input(state, { runbook, plan })))) {
          const command = commandOf(action, moment);
          if (command === null) continue;
          const refused = refusal(runbook, state, command);
          const what = `${action.label} at ${action.stepId ?? 'the run'} is ${action.disabledBecause ?? 'offered'}; decide says ${refused ?? 'yes'}`;
          if (action.disabledBecause === null) expect(refused, what).toBeNull();
          else if (BY_HAND.includes(action.id)) expect(refused, what).not.toBeNull();
          if (refused === null && !(command.type === 'endRun' && pick % 8 > 0)) allowed.push(command);
        }
        const chosen = allowed[pick % Math.max(1, allowed.length)];
        if (chosen === undefined) return;
        used.set(chosen.type, (used.get(chosen.type) ?? 0) + 1);
        record(chosen);
        if (state.ended !== null) return;
      }
    }),
    { numRuns: 400 },
  );
  // Runs in which nothing happens prove nothing.
  for (const type of ['tick', 'untick', 'skip', 'markDone', 'reopen', 'decideGate', 'startCommand', 'requestStop', 'endCommand', 'startRollback', 'endRun']) expect(used.get(type) ?? 0, type).toBeGreaterThan(5);
  // Seconds on a machine of its own; minutes on one that others use too.
}, 180_000);
