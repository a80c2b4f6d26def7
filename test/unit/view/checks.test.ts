import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/core/checks/compareOutput.ts';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { ViewInput } from '../../../src/core/view/input.ts';
import type { PanelView, StepBlockView } from '../../../src/core/view/viewModel.ts';
import { ends, exit, input, runs, started, stateAfter } from './fixture.ts';

const RUNBOOK = parseRunbook('# T\n\n## Deploy\n\n```bash {#deploy exit=0,3}\ndeploy\n```\n\n## Look\n\n```bash {#health check retry=3 every=10s expect=up}\nhealth\n```\n');

const probe = (id: string, more: object = {}): RunEventBody => ({ ...runs(RUNBOOK, 'health', id), expect: [{ kind: 'contains', text: 'up' }], ...more }) as RunEventBody;
const ended = (id: string, result: CheckResult | null, code = 0): RunEventBody => ({ ...ends(id, exit(code)), ...(result === null ? {} : { expectation: { result, detail: result === 'passed' ? null : 'Because.' } }) }) as RunEventBody;

function view(bodies: readonly RunEventBody[], more: Partial<ViewInput> = {}): PanelView {
  return buildPanelView(input(stateAfter([started, ...bodies]), { runbook: RUNBOOK, ...more }));
}

function step(of: PanelView, id: string): StepBlockView {
  const block = of.blocks.find((each): each is StepBlockView => each.kind === 'step' && each.stepId === id);
  if (block === undefined) throw new Error(`no step ${id}`);
  return block;
}

describe('what success is', () => {
  it('stands with the command, and an allowed exit code is said to be one', () => {
    expect(step(view([]), 'deploy').commands[0]?.expects).toEqual(['exit 0 or 3']);
    const done = step(view([{ ...runs(RUNBOOK, 'deploy'), exit: [0, 3] } as RunEventBody, ends('x-deploy', exit(3))]), 'deploy');
    expect([done.status, done.by, done.commands[0]?.state]).toEqual(['done', 'exit 3, which is allowed · 0.4 s · 14:02', 'ok']);
  });

  it.each([
    ['failed', 'failed', 'failed', 'exit 0 · output not as expected · 0.4 s', 'It ended with exit 0, but that is not all that was expected. Because.'],
    ['inconclusive', 'unknown', 'inconclusive: look at its output yourself', 'exit 0 · output not verified · 0.4 s', 'It ended with exit 0; whether it is what was expected is not known. Because.'],
  ] as const)('an output that is %s is said to be', (result, status, words, by, message) => {
    const block = step(view([probe('x1'), ended('x1', result)]), 'health');
    expect([block.status, block.statusWords, block.commands[0]?.result]).toEqual([status, words, by]);
    expect(block.message?.text).toContain(message);
  });
});

describe('a check', () => {
  it('can be run whatever its turn', () => {
    const before = step(view([]), 'health');
    expect(before.tags.map(({ text }) => text)).toEqual(['check', 'up to 3 attempts, every 10 s']);
    expect(before.actions[0]).toMatchObject({ id: 'run', label: 'Check now', disabledBecause: null });
    const noRun = buildPanelView(input(null, { runbook: RUNBOOK }));
    expect(step(noRun, 'health').actions.map(({ id }) => id)).toEqual(['copy', 'revealSource']);
  });

  it.each([
    ['passed', 'info', 'Last checked at 14:02: passed. It was run out of its order and does not count as the step.'],
    ['failed', 'error', 'Last checked at 14:02: failed. Because. It was run out of its order'],
    ['inconclusive', 'warning', 'Last checked at 14:02: inconclusive. Because. It was run out of its order'],
  ] as const)('that %s out of its order says so and stays open', (result, severity, words) => {
    const block = step(view([probe('x1', { probe: true }), ended('x1', result)]), 'health');
    expect([block.status, block.message?.severity]).toEqual(['open', severity]);
    expect(block.message?.text).toContain(words);
  });

  it('that fails again after it was done stays done, and says so loudly', () => {
    const block = step(view([probe('x1'), ended('x1', 'passed'), probe('x2', { probe: true }), ended('x2', 'failed')]), 'health');
    expect([block.status, block.message]).toEqual(['done', { severity: 'error', text: 'Last checked at 14:04: failed. Because. The step stays as it was.' }]);
    expect(block.commands[0]?.state).toBe('failed');
  });

  it('that runs out of its order can be stopped', () => {
    const block = step(view([probe('x1', { probe: true })]), 'health');
    expect([block.status, block.runningSince === null]).toEqual(['running', false]);
    expect(block.actions.map(({ id }) => id)).toContain('stop');
  });
});

describe('trying again', () => {
  it('is counted, and can be ended while it waits', () => {
    const running = step(view([probe('x1', { attempt: { number: 2, of: 3 } })]), 'health');
    expect(running.tags.map(({ text }) => text)).toContain('attempt 2 of 3');
    const owner = { kind: 'step', stepId: 'health' } as const;
    const waiting = step(view([probe('x1', { attempt: { number: 1, of: 3 } }), ended('x1', null, 1)], { repetition: { owner, next: { number: 2, of: 3 }, everySeconds: 10 } }), 'health');
    expect(waiting.message?.text).toBe('Attempt 1 of 3 did not succeed. The next one begins by itself 10 s after it; Stop ends that.');
    expect(waiting.actions[0]).toMatchObject({ id: 'stop', label: 'Stop trying' });
  });
});

describe('verify', () => {
  const checks = [{ stepId: 'health', title: 'Look', executionId: 'x1' }, { stepId: 'gone', title: 'Gone', executionId: null }];

  it('is offered for the run and for a section with checks', () => {
    const of = view([]);
    expect(of.header.actions.find(({ id }) => id === 'verify')).toMatchObject({ label: 'Verify: run 1 check…', disabledBecause: null });
    expect(of.blocks.flatMap((block) => (block.kind === 'section' && block.verify !== undefined ? [[block.title, block.verify.label]] : []))).toEqual([['Look', 'Verify: 1 check']]);
  });

  it('says what came of it, and never counts what did not run as passed', () => {
    const bodies = [probe('x1', { probe: true }), ended('x1', 'failed')];
    const notice = view(bodies, { verification: { title: null, checks, isOver: true, leftOut: ['Edited'] } }).notices.find(({ id }) => id === 'verification');
    expect(notice).toMatchObject({ severity: 'error', text: 'Verified 2 checks: 0 passed, 1 failed, 1 not run.' });
    expect(notice?.details.map(({ text }) => text)).toEqual(['failed: Look · exit 0 · output not as expected · 0.4 s', 'not run: Gone', 'left out, to be seen to by itself: Edited']);
  });
});
