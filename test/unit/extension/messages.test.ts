import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/extension/panel/commandOf.ts';
import { hostNotices } from '../../../src/extension/sessions/hostNotices.ts';
import type { RecordPlace } from '../../../src/extension/sessions/recordPlace.ts';
import { dateSearchWords, timeFormat } from '../../../src/extension/sessions/timeFormat.ts';

describe('what a press asks of the session', () => {
  it('carries ids and the revision that was on show, never text', () => {
    expect(commandOf({ type: 'step', action: 'run', stepId: 'a', revision: 9 }, 2, undefined)).toEqual({ type: 'step', action: 'run', stepId: 'a', revision: 2 });
    expect(commandOf({ type: 'run', action: 'runNext', revision: 9 }, 2, 'a')).toEqual({ type: 'runNext', revision: 2, stepId: 'a' });
    expect(commandOf({ type: 'run', action: 'startRun', revision: 9 }, 2, 'a')).toEqual({ type: 'startRun' });
    expect(commandOf({ type: 'rollback', action: 'planRollback', level: 1, planId: null, revision: 9 }, 2, undefined)).toEqual({ type: 'planRollback', level: 1, revision: 2 });
  });

  it('confirms no plan that is not named', () => {
    expect(commandOf({ type: 'rollback', action: 'confirmRollback', level: 1, planId: null, revision: 9 }, 2, undefined)).toBeNull();
    expect(commandOf({ type: 'rollback', action: 'confirmRollback', level: 1, planId: 'p', revision: 9 }, 2, undefined)).toEqual({ type: 'confirmRollback', level: 1, planId: 'p' });
  });

  it('leaves the editor’s own business to the editor', () => {
    expect(commandOf({ type: 'run', action: 'openSource', revision: 0 }, 0, undefined)).toBeNull();
    expect(commandOf({ type: 'run', action: 'commitRecord', revision: 0 }, 0, undefined)).toBeNull();
    expect(commandOf({ type: 'step', action: 'copy', stepId: 'a', revision: 0 }, 0, undefined)).toBeNull();
  });
});

describe('where a document stands', () => {
  const place: RecordPlace = { runs: '/s/runs', boundary: '/s', base: '/d', file: '/d/a.md', kind: 'outside' };
  const inWorkspace: RecordPlace = { ...place, kind: 'workspace' };
  const chosen = 'outside';

  it('is said when its record is not beside it', () => {
    expect(hostNotices({ place, scheme: 'file', isGone: false, isRunning: false, stale: null, chosen }).map(({ id }) => id)).toEqual(['outside']);
    expect(hostNotices({ place: inWorkspace, scheme: 'file', isGone: false, isRunning: false, stale: null, chosen: 'workspace' })).toEqual([]);
  });

  it('is said when its record is kept out of git, or the setting is another by now', () => {
    const apart: RecordPlace = { ...place, kind: 'private' };
    const [notice] = hostNotices({ place: apart, scheme: 'file', isGone: false, isRunning: false, stale: null, chosen: 'private' });
    expect(notice).toMatchObject({ id: 'private', text: expect.stringContaining('/s/runs') });
    expect(hostNotices({ place: inWorkspace, scheme: 'file', isGone: false, isRunning: true, stale: null, chosen: 'private' }).map(({ id }) => id)).toEqual(['place-changed']);
  });

  it('is said when it cannot be run or is gone', () => {
    expect(hostNotices({ place, scheme: 'untitled', isGone: false, isRunning: false, stale: null, chosen }).map(({ id }) => id)).toEqual(['untitled']);
    expect(hostNotices({ place, scheme: 'vscode-vfs', isGone: false, isRunning: false, stale: null, chosen }).map(({ id }) => id)).toEqual(['virtual']);
    expect(hostNotices({ place, scheme: 'file', isGone: true, isRunning: true, stale: null, chosen })[0]?.text).toMatch(/The run goes on/);
  });
});

describe('times', () => {
  const noon = Date.UTC(2026, 0, 5, 12, 0);

  it('name the day when it is another one', () => {
    const format = timeFormat('en-GB', () => noon);
    expect(format(new Date(noon).toISOString())).toMatch(/^\d\d:00$/);
    expect(format(new Date(noon - 3 * 86_400_000).toISOString())).toMatch(/^\d Jan 2026, \d\d:00$/);
  });

  it('are found by day, month, weekday, figures and how near they are', () => {
    const at = (hour: number): Date => new Date(2026, 0, 5, hour);
    const words = (date: Date): string => dateSearchWords('en-GB', () => at(12).getTime())(date.toISOString()).toLowerCase();
    for (const typed of ['2026-01-05', 'monday', '5 january 2026', '5 jan', '00:00', 'today']) expect(words(at(0))).toContain(typed);
    expect(words(at(-1))).toContain('yesterday');
    expect(words(at(-25))).not.toMatch(/day$|yesterday/m);
    expect(words(at(36))).not.toMatch(/^(?:to|yester)day$/m);
    expect(dateSearchWords('en-GB', () => 0)('not a time')).toBe('not a time');
  });

  it('survive locales and times that are none', () => {
    expect(timeFormat('no such locale', () => noon)('not a time')).toBe('not a time');
  });
});
