import { expect, test } from 'vitest';
import { anchorWords } from '../../../src/core/record/anchorWords.ts';
import { findingWords } from '../../../src/core/record/findingWords.ts';
import type { Finding } from '../../../src/core/record/integrity.ts';

const file = 'w-1.jsonl';

test.each<readonly [Finding, string]>([
  [{ kind: 'damaged', file, line: 41, reason: 'does not match its checksum' }, 'Line 41 of w-1.jsonl is damaged and was left out: it does not match its checksum.'],
  [{ kind: 'torn', file, line: 3 }, 'Line 3 of w-1.jsonl was begun and never confirmed, so it does not count.'],
  [{ kind: 'missing', file, from: 2, to: 2 }, 'Event 2 is missing in w-1.jsonl.'],
  [{ kind: 'missing', file, from: 2, to: 4 }, 'Events 2 to 4 are missing in w-1.jsonl.'],
  [{ kind: 'unseen', writer: 'w-1', upTo: 5, found: 0 }, 'w-1.jsonl is missing: its events up to number 5 had been seen.'],
  [{ kind: 'unseen', writer: 'w-1', upTo: 5, found: 3 }, 'w-1.jsonl ends with event 3, and its events up to number 5 had been seen.'],
  [{ kind: 'tooLarge', file, limitBytes: 64 * 1024 * 1024 }, 'w-1.jsonl is larger than 64 MB; the rest was not read.'],
  [{ kind: 'text', problem: 'missing', sha256: 'c0ffee'.repeat(10) + 'c0ff' }, 'The runbook’s text that the run took later (c0ffeec0ffee) is missing.'],
  [{ kind: 'output', executionId: 'x1', problem: 'changed' }, 'The output of x1 is not the one that was recorded.'],
])('%j', (finding, words) => {
  expect(findingWords(finding)).toBe(words);
});

test('an anchor is never told as more than it is', () => {
  const at = { commit: '0123456789abcdef', time: '2026-01-05T14:00:00Z' };
  expect(anchorWords({ kind: 'unchangedSince', ...at, signedBy: null })).toBe('unchanged since commit 0123456789ab of 2026-01-05T14:00:00Z');
  expect(anchorWords({ kind: 'unchangedSince', ...at, signedBy: 'ada@example.org' })).toContain('signed by ada@example.org');
  expect(anchorWords({ kind: 'changedSince', ...at })).not.toContain('unchanged');
});
