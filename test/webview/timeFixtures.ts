import type { ChartView, NoticeView, PanelView } from '../../src/core/view/viewModel.ts';
import { action, secondsAgo, section, step } from './fixtureParts.ts';
import { NEXT } from './fixtures.ts';

/** Views of time that passes and of what is measured. */

const HOUR = 3600;

/** A section soaks, and the next step waits for it. */
export const SOAKING: PanelView = {
  ...NEXT,
  header: { ...NEXT.header, remainingSeconds: 3 * HOUR, soak: { title: 'Phase 2: Staging', since: secondsAgo(HOUR), until: secondsAgo(-3 * HOUR), seconds: 4 * HOUR } },
  blocks: [
    section('canary', 'Phase 1: Canary', { done: 1, total: 1, time: '10 min', overrun: 'over its 10 min since 14:10', soak: { words: 'soak of 30m ended early by you 14:20, 12 m before its time. Reason: no traffic at night', counting: null, end: null } }),
    section('staging', 'Phase 2: Staging', { done: 1, total: 1, soak: { words: 'soak until 18:05', counting: { since: secondsAgo(HOUR), seconds: 4 * HOUR }, end: { label: 'End the soak early…', disabledBecause: null } } }),
    step('half', 'Open to half', { status: 'done', by: 'you · 14:05' }),
    section('live', 'Phase 3: Live', { total: 1, soak: { words: 'then a soak of 1d', counting: null, end: null } }),
    step('all', 'Open to everyone', { status: 'waiting', by: 'waits for the soak of Phase 2: Staging, until 18:05', isNext: true }),
  ],
};

const ERRORS: ChartView = {
  name: 'error_rate', value: '7.2 %', at: secondsAgo(12), problem: null,
  lines: [[[0, 0.1], [0.1, 0.12], [0.2, 0.1]], [[0.4, 0.11], [0.5, 0.2], [0.6, 0.55], [0.7, 0.7], [0.8, 0.82], [0.9, 0.8], [1, 0.84]]],
  limits: [{ y: 0.58, words: '> 5 %', fired: true }],
  triggers: [{ words: 'Error rate > 5 % for 5 min: holds since 14:31', fired: true }],
  words: 'error_rate: 7.2 %. Between 0.9 % and 7.2 % in the last 20 m. Error rate > 5 % for 5 min: holds since 14:31',
};
const LATENCY: ChartView = {
  name: 'p95_latency_of_the_checkout_service', value: null, at: secondsAgo(4), problem: 'exit 3',
  lines: [[[0, 0.3], [0.5, 0.33]]],
  limits: [{ y: 0.8, words: '> 800 ms', fired: false }],
  triggers: [{ words: 'P95 latency > 800 ms: not known: no value: exit 3', fired: false }],
  words: 'p95_latency_of_the_checkout_service: no value, exit 3. P95 latency > 800 ms: not known: no value: exit 3',
};
const WATCHING: NoticeView = { id: 'monitors:watching', severity: 'info', text: 'Watching 2 monitors.', actions: [action('stopMonitors', 'Stop watching', { icon: 'debug-stop', style: 'quiet' })], details: [], charts: [ERRORS, LATENCY] };
const FIRED_NOTICE: NoticeView = { id: 'fired:error_rate', severity: 'warning', text: 'Error rate > 5 % for 5 min: has held since 14:31. The runbook advises rollback level 1 then. Nothing runs until you choose.', actions: [action('planRollback', 'To level 1', { icon: 'discard' })], details: [] };

/** A trigger has fired: said above, drawn, and marked at its level. */
export const FIRED: PanelView = {
  ...NEXT,
  notices: [FIRED_NOTICE, WATCHING],
  dock: {
    advice: { title: 'Error rate > 5 % for 5 min', detail: 'Has held since 14:31. The runbook advises level 1. Nothing runs until you choose.', tone: 'warning' },
    levels: NEXT.dock.levels.map((one) => (one.level === 1 ? { ...one, advised: true, detail: `advised now · ${one.detail}` } : one)),
  },
};
