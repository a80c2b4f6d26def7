import type { Integrity } from '../../src/core/record/integrity.ts';
import { reportOf } from '../../src/core/report/buildReport.ts';
import type { RunReport } from '../../src/core/report/report.ts';
import { fold } from '../../src/core/run/evolve.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { TimedRun } from './timedRun.ts';

export const ordersText = `# Deploy orders

## Pre-flight

- [ ] Backup **checked** (2 min) <!-- {#backup} -->
- [ ] Team told <!-- {#told} -->

## Phase 1: Canary (10 minutes)

1. Restart <!-- {#restart} -->

   \`\`\`bash
   systemctl restart orders
   \`\`\`

2. Check <!-- {#check} -->

   \`\`\`bash
   curl -fsS localhost/health
   \`\`\`

## Go/No-Go Decision

- [ ] **GO**: open to everyone <!-- {#go} -->
- [ ] **NO-GO**: stay <!-- {#nogo} -->

## Rollback

### Level 1: Feature toggle (< 2 minutes)

\`\`\`bash
orders flag off
\`\`\`
`;
export const orders = parseRunbook(ordersText);

const [restart, check] = ['systemctl restart orders\n', 'curl -fsS localhost/health\n'];
const whole: Integrity = { findings: [], anchor: { kind: 'unchangedSince', commit: '9f1c2e7b4a6d8c0e2f4a6b8c0d2e4f6a8b0c2d4e', time: '2026-01-05T15:00:00Z', signedBy: 'Ada' } };

/** A run that went well at the second attempt. */
export function successfulRun(): readonly RunEvent[] {
  const run = new TimedRun().started();
  run.at(30, { type: 'step.ticked', stepId: 'backup', note: 'see ticket 7' }).at(40, { type: 'step.skipped', stepId: 'told', reason: 'night shift' });
  run.begins(60, 'x1', 'restart', restart).ends(64, 'x1', 1, { durationMs: 4200, outputTail: 'Job for orders.service failed.\n' });
  run.begins(120, 'x2', 'restart', restart).ends(121, 'x2', 0, { durationMs: 900, outputTail: '' });
  run.begins(125, 'x3', 'check', check).ends(126, 'x3', 0, { durationMs: 400, outputTail: '{"status":"ok"}\n' });
  run.actor = { name: 'Grace', email: null };
  return run.at(900, { type: 'gate.decided', stepId: 'go', sectionId: 'go-no-go-decision', decision: 'go' }).at(905, { type: 'run.ended', outcome: 'completed', reason: null }).events;
}

/** A run that failed and was taken back, slower than it was meant to be. */
export function rolledBackRun(): readonly RunEvent[] {
  return rolledBack().events;
}

/** The same, after somebody else looked at it, days later. */
export function reviewedRun(): readonly RunEvent[] {
  const run = rolledBack();
  run.actor = { name: 'Grace', email: null };
  run.at(260_000, { type: 'remark.added', stepId: 'check', text: 'Was the pool warm?' });
  run.at(260_100, { type: 'approval.given', stepId: null, decision: 'rejected', note: 'No ticket is named.' });
  return run.at(270_000, { type: 'approval.given', stepId: null, decision: 'approved', note: null }).events;
}

function rolledBack(): TimedRun {
  const run = new TimedRun().started();
  run.at(10, { type: 'step.ticked', stepId: 'backup', note: null }).at(12, { type: 'step.ticked', stepId: 'told', note: null });
  run.begins(20, 'x1', 'restart', restart).ends(22, 'x1', 0, { durationMs: 2000, outputTail: 'restarted\n' });
  run.begins(30, 'x2', 'check', check).ends(45, 'x2', 22, { durationMs: 15_000, outputTail: 'curl: (22) The requested URL returned error: 503\n' });
  run.at(60, { type: 'rollback.started', rollbackId: 'r1', level: 1, title: 'Feature toggle', budgetSeconds: 120, planSha256: 'cc', commands: [{ purpose: 'undo', text: 'orders flag off\n', language: 'bash', line: 31, sha256: 'dd' }] });
  run.undoes(61, 'u1', 'r1', 'orders flag off\n').ends(200, 'u1', 0, { durationMs: 139_000, outputTail: 'off\n' });
  return run.at(201, { type: 'rollback.ended', rollbackId: 'r1', outcome: 'succeeded', reason: null }).at(210, { type: 'run.ended', outcome: 'rolled-back', reason: null });
}

/** A run whose record was damaged and that never ended; its runbook was edited, a command of it is lost, another has no end. */
export function damagedRun(): readonly RunEvent[] {
  const run = new TimedRun().started();
  run.at(10, { type: 'step.forced', stepId: 'backup', reason: 'checked by hand' }).at(12, { type: 'step.ticked', stepId: 'vanished', note: null });
  run.begins(20, 'x1', 'restart', 'systemctl restart --force orders\n').ends(400, 'x1', { kind: 'lost', reason: 'the terminal is gone' }, { outputTail: 'Stopping orders\n', output: { bytes: 200_000, sha256: 'ee', cut: true } });
  run.at(405, { type: 'drift.acknowledged', subject: { kind: 'step', stepId: 'check' }, sha256: 'ff' }).at(406, { type: 'run.rebased', fromSha256: 'aa', textSha256: 'ab', renamed: [], reopened: [], kept: ['backup'] });
  return run.begins(410, 'x2', 'check', check).events.filter(({ seq }) => seq !== 1);
}

/** The report of each of them, by name. */
export function reportedRuns(): Readonly<Record<'successful' | 'rolled-back' | 'damaged', RunReport>> {
  const report = (events: readonly RunEvent[], integrity: Integrity): RunReport => reportOf(orders, events, fold(events), integrity);
  return {
    successful: report(successfulRun(), whole),
    'rolled-back': report(reviewedRun(), { ...whole, anchor: { kind: 'notCommitted' } }),
    damaged: report(damagedRun(), {
      findings: [{ kind: 'damaged', file: 'w.jsonl', line: 1, reason: 'does not match its checksum' }, { kind: 'noStart' }],
      anchor: { kind: 'changedSince', commit: '9f1c2e7b4a6d8c0e2f4a6b8c0d2e4f6a8b0c2d4e', time: '2026-01-05T15:00:00Z' },
    }),
  };
}
