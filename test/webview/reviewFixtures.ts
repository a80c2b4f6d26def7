import { buildReviewView } from '../../src/core/view/review/buildReviewView.ts';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { damagedRun, rolledBackRun, successfulRun } from '../fakes/reportedRuns.ts';
import { reviewOf, withWords } from '../fakes/reviewedRuns.ts';

const COMMIT = { commit: '9f1c2e7b4a6d8c0e', time: '2026-01-05T15:00:00Z' };

/** A run that went well, decided on by somebody else and committed. */
export const REVIEWED: PanelView = buildReviewView(
  reviewOf(
    withWords(
      successfulRun(),
      { type: 'approval.given', stepId: null, decision: 'rejected', note: 'The ticket is missing.' },
      { type: 'remark.added', stepId: 'restart', text: 'It failed the first time.\nWhy was that?' },
      { type: 'approval.given', stepId: null, decision: 'approved', note: 'Ticket 7 says why.' },
    ),
    { integrity: { findings: [], anchor: { kind: 'unchangedSince', ...COMMIT, signedBy: 'Ada <ada@example.org>' } } },
  ),
);

/** A run that was rolled back, too slowly, looked at by the one who ran it. */
export const ROLLED_BACK: PanelView = buildReviewView(reviewOf(rolledBackRun(), { reviewer: { name: 'Ada', email: 'ada@example.org' } }));

/** A record with holes. */
export const DAMAGED: PanelView = buildReviewView(
  reviewOf(damagedRun(), {
    text: 'missing',
    integrity: {
      findings: [
        { kind: 'damaged', file: 'w-3f.jsonl', line: 41, reason: 'does not match its checksum' },
        { kind: 'unlinked', file: 'w-3f.jsonl', line: 42 },
        { kind: 'missing', file: 'w-3f.jsonl', from: 41, to: 41 },
        { kind: 'noStart' },
        { kind: 'text', problem: 'missing' },
      ],
      anchor: { kind: 'changedSince', ...COMMIT },
    },
  }),
);
