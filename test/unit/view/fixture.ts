import { evolve, EMPTY_RUN } from '../../../src/core/run/evolve.ts';
import type { Actor, Outcome, RunEventBody } from '../../../src/core/run/events.ts';
import { NO_DRIFT } from '../../../src/core/run/drift/compare.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import type { ViewInput } from '../../../src/core/view/input.ts';

export const ada: Actor = { name: 'Ada', email: null };
const bob: Actor = { name: 'Bob', email: null };

/** A runbook with every kind of step. */
export const plan = parseRunbook(`# Deploy orders

**Owner**: Payments team

## Pre-flight

- [ ] Backup **checked** (2 min) <!-- {#backup} -->
- [x] Team told <!-- {#told} -->

## Phase 1: Canary (4 hours)

Send a tenth of the sessions.

1. Restart <!-- {#restart} -->

   \`\`\`bash {timeout=1m}
   systemctl restart orders
   \`\`\`

2. Check <!-- {#check} -->

   \`\`\`bash
   curl -fsS localhost/health
   \`\`\`

## Go/No-Go Decision

- [ ] **GO**: open to everyone <!-- {#go} -->
- [ ] **NO-GO**: stay <!-- {#nogo} -->

## Rollback triggers

- Error rate > 5%

## Rollback

### Level 1: Feature toggle (< 2 minutes)

\`\`\`bash
orders flag off
\`\`\`

### Level 2: Restore (45 minutes)

\`\`\`bash
orders restore
orders restart
\`\`\`
`);

/** Times in the fixture: minutes after two o'clock. */
function at(minute: number): string {
  return new Date(Date.UTC(2026, 0, 5, 14, minute)).toISOString();
}

/** Folds facts into a state; each happens a minute after the one before. */
export function stateAfter(bodies: readonly RunEventBody[], by: Actor = ada): RunState {
  return bodies.reduce<RunState>(
    (state, body, index) =>
      evolve(state, {
        v: 1, id: `e${index}`, run: '01J9ZZZZZZZZZZZZZZZZZZ7QXW', writer: 'w', seq: index + 1, heads: {}, prev: null, time: at(index), actor: by, body,
      }),
    EMPTY_RUN,
  );
}

export const started: RunEventBody = {
  type: 'run.started', title: 'Deploy orders', file: 'orders.md', textSha256: 'aa',
  git: { branch: 'main', commit: '3f2a1c9aaaaaaaaa', clean: true },
};

/** The start of a step's command. */
export function runs(runbook: Runbook, stepId: string, executionId = `x-${stepId}`): RunEventBody {
  const step = runbook.steps.find((each) => each.id === stepId);
  const text = step?.commands[0]?.text ?? '';
  return {
    type: 'command.started', executionId, owner: { kind: 'step', stepId }, index: 0, count: 1, sha256: 'bb', text, source: null, shell: 'bash', acknowledged: [],
  } as unknown as RunEventBody;
}

/** The end of a command. */
export function ends(executionId: string, outcome: Outcome, durationMs: number | null = 400): RunEventBody {
  return { type: 'command.ended', executionId, outcome, durationMs, environmentCarried: true, outputTail: 'ok' };
}

export const exit = (code: number): Outcome => ({ kind: 'exited', code });

/** What a view is built from, with nothing out of the ordinary. */
export function input(state: RunState | null, more: Partial<ViewInput> = {}): ViewInput {
  return {
    runbook: plan, state, prompt: null, plan: null, runningOn: false, overBudget: false, drift: NO_DRIFT, isEdited: false, vanishedSteps: [],
    lockedBecause: null, damage: [], liveOutput: new Map(), foundAgain: new Set(), error: null, trusted: true, git: null, me: ada.name,
    formatTime: (iso) => iso.slice(11, 16), pastDurations: new Map(), hostNotices: [], isShared: true, ...more,
  };
}

export { bob };
