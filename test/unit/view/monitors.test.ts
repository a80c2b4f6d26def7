import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../src/core/monitor/evaluateTrigger.ts';
import type { Sample } from '../../../src/core/monitor/sample.ts';
import { watchedTriggers } from '../../../src/core/monitor/watched.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { MonitorsInput, ViewInput } from '../../../src/core/view/input.ts';
import type { ChartView, NoticeView, PanelView } from '../../../src/core/view/viewModel.ts';
import { input, started, stateAfter } from './fixture.ts';

const BOOK = parseRunbook('---\nmonitors:\n  error_rate: { command: ./metric, every: 10s, unit: "%" }\ntriggers:\n  - { when: "error_rate > 5%", for: 1m, level: 2 }\n---\n# R\n\n- [ ] Look\n\n## Rollback\n\n### Level 1: Off\n\n```bash\noff\n```\n\n### Level 2: Back\n\n```bash\nback\n```\n');
const KEY = watchedTriggers(BOOK)[0]?.key ?? '';
const NOW = Date.UTC(2026, 0, 5, 14, 0);
const sample = (secondsAgo: number, value: number | null): Sample => ({ at: NOW - secondsAgo * 1000, value, unit: '%', problem: value === null ? 'exit 3' : null });
const fired: RunEventBody = { type: 'trigger.fired', trigger: KEY, words: 'Error rate > 5 % for 1 min', level: 2, since: '2026-01-05T13:58:00.000Z', samples: [] };

function view(facts: readonly RunEventBody[], monitors: Partial<MonitorsInput> = {}, more: Partial<ViewInput> = {}): PanelView {
  const state: MonitorsInput = { state: 'watching', samples: new Map(), evaluations: new Map(), ...monitors };
  return buildPanelView(input(stateAfter([started, ...facts]), { runbook: BOOK, monitors: state, formatTime: (iso) => iso.slice(11, 16), ...more }));
}
const notice = (shown: PanelView, id: string): NoticeView | undefined => shown.notices.find((each) => each.id.startsWith(id));
const chart = (samples: readonly Sample[], evaluation?: Evaluation): ChartView | undefined =>
  notice(view([], { samples: new Map([['error_rate', samples]]), evaluations: new Map(evaluation === undefined ? [] : [[KEY, evaluation]]) }), 'monitors:')?.charts?.[0];

describe('what is measured', () => {
  it('waits for a person, says when it was edited, and is no matter of a window that only looks', () => {
    expect(notice(view([], { state: 'asks' }), 'monitors:')).toMatchObject({ text: expect.stringContaining('until you agree') as string, actions: [{ id: 'watchMonitors', disabledBecause: null }] });
    expect(notice(view([], { state: 'changed' }), 'monitors:')).toMatchObject({ severity: 'warning', actions: [{ id: 'watchMonitors' }] });
    expect(notice(view([], { state: 'asks' }, { trusted: false }), 'monitors:')?.actions[0]?.disabledBecause).toContain('Restricted Mode');
    expect(notice(view([], { state: 'elsewhere' }), 'monitors:')).toBeUndefined();
  });

  it('is drawn beside its limit, broken where nothing was seen, and said in words', () => {
    const drawn = chart([sample(60, 1), sample(50, 2), sample(20, 4), sample(10, null), sample(0, 10)], { kind: 'not' });
    expect(drawn).toMatchObject({ value: '10 %', problem: null, limits: [{ words: '> 5 %', fired: false }], triggers: [{ words: 'Error rate > 5 % for 1 min: not reached', fired: false }] });
    expect(drawn?.lines.map((line) => line.length)).toEqual([2, 2]);
    expect(drawn?.lines.flat().every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
    expect(drawn?.lines.at(-1)?.at(-1)?.[0]).toBe(1);
    expect(drawn?.words).toBe('error_rate: 10 %. Between 1 % and 10 % in the last 1 m. Error rate > 5 % for 1 min: not reached');
  });

  it('says why there is no value, and what nobody knows', () => {
    expect(chart([sample(0, null)], { kind: 'inconclusive', why: 'no value: exit 3' })).toMatchObject({ value: null, problem: 'exit 3', lines: [], triggers: [{ words: 'Error rate > 5 % for 1 min: not known: no value: exit 3' }] });
    expect(chart([])).toMatchObject({ value: null, at: null, triggers: [{ words: expect.stringContaining('not known yet') as string }] });
  });
});

describe('a trigger that fired', () => {
  it('is a notice of its own, stands in the dock, and marks its level in words', () => {
    const shown = view([fired]);
    expect(notice(shown, 'fired:')).toMatchObject({ severity: 'warning', text: 'Error rate > 5 % for 1 min: has held since 13:58. The runbook advises rollback level 2 then. Nothing runs until you choose.' });
    expect(shown.dock.advice).toMatchObject({ title: 'Error rate > 5 % for 1 min', tone: 'warning' });
    expect(shown.dock.levels.map(({ level, advised, detail }) => [level, advised, detail.includes('advised now')])).toEqual([[1, false, false], [2, true, true]]);
  });

  it('is gone once it cleared, and with the run', () => {
    for (const facts of [[fired, { type: 'trigger.cleared', trigger: KEY }], [fired, { type: 'run.ended', outcome: 'abandoned', reason: 'r' }]] as const) {
      const shown = view(facts);
      expect(notice(shown, 'fired:')).toBeUndefined();
      expect(shown.dock.levels.some(({ advised }) => advised)).toBe(false);
    }
  });
});
