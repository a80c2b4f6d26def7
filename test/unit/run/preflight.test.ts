import { describe, expect, test } from 'vitest';
import { preflight, type Checkout } from '../../../src/core/run/setup/preflight.ts';
import type { Environment } from '../../../src/core/runbook/setup/model.ts';

const NOW = Date.parse('2026-01-05T14:00:00Z');
const expecting = (branch: string | null, clean: boolean): Environment => ({ name: 'production', branch, clean, confirm: null, variables: [], line: 1 });
const found: Checkout = { branch: 'main', commit: 'c0ffee1234', changed: 0, upstream: 'origin/main', ahead: 0, behind: 0, tags: ['v1.2.0'], fetchedAt: NOW - 60_000 };
const words = (environment: Environment, checkout: Checkout | null): readonly string[] => preflight(environment, checkout, NOW).map((check) => `${check.result}: ${check.words}`);

describe('pre-flight checks', () => {
  test('all is as it should be', () => {
    expect(words(expecting('main', true), found)).toEqual([
      'passed: On branch main, as the runbook expects.',
      'passed: No uncommitted changes.',
      'passed: The same as origin/main, fetched 1 min ago.',
      'passed: Commit c0ffee1, tagged v1.2.0.',
    ]);
  });

  test.each<[string, Partial<Checkout>, string]>([
    ['another branch', { branch: 'dev' }, 'failed: Branch dev is checked out, and the runbook expects main. Check out main and start again.'],
    ['no branch', { branch: null }, 'failed: No branch is checked out, and the runbook expects main. Check out main and start again.'],
    ['changes', { changed: 1 }, 'failed: 1 file has uncommitted changes. Commit or stash them and start again.'],
    ['changes that may not be looked at', { changed: null }, 'unknown: Whether there are uncommitted changes could not be looked at. Run git status before you go on.'],
    ['unpushed', { ahead: 2 }, 'failed: 2 commits not pushed to origin/main: push and start again.'],
    ['behind', { behind: 1, ahead: 1 }, 'failed: 1 commit of origin/main not here yet: pull; 1 commit not pushed to origin/main: push and start again.'],
    ['no remote', { upstream: null }, 'unknown: Branch main follows no branch of a remote, so nobody can tell whether others have the same.'],
    ['a remote that nobody has asked', { fetchedAt: null }, 'unknown: The same as origin/main as of the last fetch, which was never. Run git fetch, then start again to be sure.'],
    ['a remote of three days ago', { fetchedAt: NOW - 3 * 86_400_000 }, 'unknown: The same as origin/main as of the last fetch, which was 3 days ago. Run git fetch, then start again to be sure.'],
    ['a followed branch that is gone', { ahead: null, behind: null }, 'unknown: How main stands to origin/main is not known. Run git fetch, then start again.'],
    ['no commit', { commit: null, tags: [] }, 'unknown: There is no commit yet.'],
    ['no tag', { tags: [] }, 'passed: Commit c0ffee1, which has no tag.'],
  ])('%s', (_, change, line) => expect(words(expecting('main', true), { ...found, ...change })).toContain(line));

  test('what the runbook does not expect is not held against it', () => {
    expect(words(expecting(null, false), { ...found, branch: 'dev', changed: 9 }).some((line) => line.startsWith('failed'))).toBe(false);
  });

  test('without git nobody knows, and nothing has passed', () => {
    expect(words(expecting('main', true), null)).toEqual([expect.stringMatching(/^unknown: Git tells nothing/)]);
    expect(words(expecting(null, false), null)).toEqual([]);
  });
});
