import type { RollbackView } from '../../src/core/view/rollbackViewModel.ts';
import type { ActionView, BlockView, HeaderView, PanelView } from '../../src/core/view/viewModel.ts';
import { action, command, content, headerOf, level, levelButton, notice, outlineItem, planned, secondsAgo, section, step, viewOf, withStep } from './fixtureParts.ts';

/** A deployment of a small service in the states that a run goes through. */

const TITLE = 'Deploy the orders service';

const RESTART = 'systemctl restart orders\ncurl -fsS "http://127.0.0.1:8080/health"   # answers within 30 s';

const DOCK: PanelView['dock'] = {
  advice: { title: 'Roll back when: Error rate > 1 % for 5 min', detail: 'The runbook advises level 1 then. Nothing runs until you choose.', tone: 'plain' },
  levels: [
    levelButton(1, 'Feature toggle', '2 min · 1 command'),
    levelButton(2, 'Code rollback', '15 min · 3 commands'),
    levelButton(3, 'Full restore', '45 min · 4 commands'),
  ],
};

export const RUN_ACTIONS: readonly ActionView[] = [
  action('runUntilGate', 'Run until the next gate', { icon: 'run-all' }),
  action('showTerminal', 'Show terminal', { icon: 'terminal' }),
  action('endRun', 'End run…', { icon: 'stop-circle', style: 'quiet' }),
  action('abandonRun', 'Abandon run…', { icon: 'trash', style: 'danger' }),
  action('openSource', 'Open source', { icon: 'go-to-file', style: 'quiet' }),
];

const RUN_NEXT = action('runNext', 'Run next step', { icon: 'play', style: 'primary', key: 'Ctrl+Alt+Enter' });

function blocks(inRun: boolean): readonly BlockView[] {
  const done = inRun ? ({ status: 'done', statusWords: 'done' } as const) : {};
  const by = (words: string): string => (inRun ? words : '');
  const tickable = inRun;
  return [
    content('intro', '<p>Sends the new release to a tenth of the sessions, watches it and then opens it to everyone. The <a href="https://status.example.com">status page</a> has the history; <a href="docs/orders.md">the service’s notes</a> say who to call.</p>'),
    section('pre', 'Pre-flight', { role: 'preflight', done: inRun ? 3 : 0, total: 3 }),
    step('pr', 'All pull request checks passed', { ...done, by: by('you · 14:03'), tickable }),
    step('backup', 'Backup of the orders database is younger than an hour', { ...done, by: by('maria · 14:05'), tickable, tags: [{ text: '@dba', tone: 'plain' }] }),
    step('disk', 'Enough space for the release', { ...done, by: by('exit 0 · 0.2 s · 14:06'), commands: [command('df -h /srv/orders', inRun ? { state: 'ok', result: 'exit 0 · 0.2 s', output: 'Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        40G   21G   17G  56% /srv' } : {})] }),
    section('canary', 'Phase 2 · Canary, 10 % of sessions', { role: 'phase', time: 'about 4 h', done: inRun ? 2 : 0, total: 5 }),
    content('canary', '<p>Send a tenth of the sessions to the new release and watch the error rate before anyone else sees it.</p>'),
    step('users', 'Canary user list identified', { ...done, by: by('you · 14:09'), tickable }),
    step('flag', 'Enable the feature flag for canary users', { ...done, by: by('exit 0 · 0.4 s · 14:11'), commands: [command('export ORDERS_CANARY="session1,session2,session3"\norders flag enable canary --users "$ORDERS_CANARY"', inRun ? { state: 'ok', result: 'exit 0 · 0.4 s', output: 'flag canary: on for 3 sessions' } : {})] }),
    step('restart', 'Restart the service and wait until it is healthy', { commands: [command(RESTART)], tags: [{ text: 'limit 1 min', tone: 'plain' }] }),
    step('errors', 'Error rate below 0.1 % for 15 minutes', { tickable }),
    step('support', 'Support has no new tickets', { indent: 1, tickable }),
    step('decide', 'Go / no-go: open the release to everyone', { stepKind: 'gate', tags: [{ text: '@qa', tone: 'plain' }], actions: [] }),
    section('everyone', 'Phase 3 · Everyone', { role: 'phase', time: 'about 10 m', total: 2 }),
    step('raise', 'Raise the rollout to 100 %', { ...(inRun ? { status: 'waiting', statusWords: 'waiting', by: 'waits for “Go / no-go”' } : {}), commands: [command('orders rollout set [percent]', { placeholders: [[19, 28]] })], tags: [{ text: 'needs percent', tone: 'warning' }] }),
    step('announce', 'Announce the release', { tickable }),
    section('rollback', 'Rollback', { role: 'rollback' }),
    content('table', '<table><thead><tr><th>Level</th><th>When</th><th>Takes</th></tr></thead><tbody><tr><td>1</td><td>Errors in the canary</td><td>2 min</td></tr><tr><td>2</td><td>Errors for everyone</td><td>15 min</td></tr></tbody></table>'),
    level(1, 'Feature toggle', 'orders flag disable canary'),
    level(2, 'Code rollback', 'git checkout v1.8.2\n./deploy.sh --fast\nsystemctl restart orders'),
  ];
}

const OUTLINE = [outlineItem('pre', 'Pre-flight', 3, 3, 'done'), outlineItem('canary', 'Phase 2 · Canary, 10 % of sessions', 2, 5, 'active'), outlineItem('everyone', 'Phase 3 · Everyone', 0, 2, 'open'), outlineItem('rollback', 'Rollback', 0, 0, 'none')];

const RUN_HEADER: HeaderView = headerOf(TITLE, {
  mode: 'running',
  metadata: [{ key: 'Environment', value: 'production' }, { key: 'Owner', value: 'Platform team' }, { key: 'Version', value: '1.9.0' }],
  run: { id: '01J9', words: 'run 01J9 · started by you 14:02', startedAt: secondsAgo(760), endedAt: null },
  done: 5, total: 10, estimateSeconds: 2_100,
  phases: [{ title: 'Pre-flight', done: 3, failed: 0, total: 3 }, { title: 'Canary', done: 2, failed: 0, total: 5 }, { title: 'Everyone', done: 0, failed: 0, total: 2 }],
  primary: RUN_NEXT, actions: RUN_ACTIONS, announcement: '5 of 10 steps done. Next: Restart the service and wait until it is healthy.',
});

/** Somebody has looked at the run while it goes on. */
const reviewedByOthers = (view: PanelView): PanelView =>
  withStep(
    {
      ...view,
      notices: [
        ...view.notices,
        notice('said', 'warning', 'Rejected by Grace Hopper; more is said at 1 step.', {
          said: [
            { kind: 'rejected', by: 'Grace Hopper · 14:20', text: 'The ticket is missing.', overtaken: null },
            { kind: 'approved', by: 'Mary Somerville · 14:08', text: '', overtaken: 'overtaken later' },
          ],
        }),
      ],
    },
    'flag',
    {
      said: [
        { kind: 'approved', by: 'Mary Somerville · 14:18', text: 'Seen in the dashboard', overtaken: null },
        { kind: 'remark', by: 'Grace Hopper · 14:19', text: '<b>Why</b> three sessions?\nFive were agreed.', overtaken: null },
      ],
    },
  );

export const READING: PanelView = viewOf(
  headerOf(TITLE, { ...RUN_HEADER, mode: 'reading', run: null, done: 0, phases: RUN_HEADER.phases.map((phase) => ({ ...phase, done: 0 })), primary: action('startRun', 'Start run', { icon: 'play', style: 'primary' }), actions: [action('openSource', 'Open source', { icon: 'go-to-file', style: 'quiet' })], announcement: 'Reading. 10 steps.' }),
  blocks(false),
  {
    notices: [
      notice('readiness', 'warning', 'Before a run: 2 things to look at.', { details: [{ text: 'The placeholder [percent] has to be filled in.', line: 61 }, { text: '“Raise the rollout to 100 %” has no undo and no level covers it.', line: 60 }] }),
      notice('diagnostics', 'info', '5 remarks on the document.', { details: [1, 2, 3, 4, 5].map((line) => ({ text: `Remark number ${line} on something in the text.`, line: line * 10 })) }),
    ],
    outline: OUTLINE.map((item) => ({ ...item, done: 0, status: item.status === 'none' ? 'none' : 'open' })),
    dock: DOCK,
  },
);

export const NEXT: PanelView = withStep(viewOf(RUN_HEADER, blocks(true), { outline: OUTLINE, dock: DOCK }), 'restart', { isNext: true });

export const RUNNING: PanelView = withStep(
  { ...NEXT, header: { ...RUN_HEADER, primary: { ...RUN_NEXT, disabledBecause: 'A command is running.' }, announcement: 'Running: Restart the service and wait until it is healthy.' } },
  'restart',
  { status: 'running', isNext: true, runningSince: secondsAgo(7), timeoutSeconds: 60, commands: [command(RESTART, { state: 'running', output: 'restarting orders … done\nwaiting for 127.0.0.1:8080 …' })] },
);

export const FAILED: PanelView = withStep(
  { ...NEXT, header: { ...RUN_HEADER, phases: RUN_HEADER.phases.map((phase) => (phase.title === 'Canary' ? { ...phase, failed: 1 } : phase)), primary: action('retry', 'Retry the failed step', { icon: 'debug-restart', style: 'primary', stepId: 'restart' }), announcement: 'Failed: Restart the service and wait until it is healthy, exit 7.' }, dock: { ...DOCK, advice: { title: 'Error rate 1.3 % > 1 % for 5 min', detail: 'The runbook advises level 1. Nothing runs until you choose.', tone: 'warning' }, levels: DOCK.levels.map((one) => ({ ...one, advised: one.level === 1 })) }, outline: OUTLINE.map((item) => (item.sectionId === 'canary' ? { ...item, status: 'failed' } : item)) },
  'restart',
  { status: 'failed', isNext: true, by: 'exit 7 · 31 s · 14:15', message: { severity: 'error', text: 'The command failed with exit 7, and nothing after it has run. Look at its output, then retry, skip or mark it done with a reason, or roll back.' }, commands: [command(RESTART, { state: 'failed', result: 'exit 7 · 31 s', output: 'restarting orders … done\nwaiting for 127.0.0.1:8080 …\ncurl: (7) Failed to connect to 127.0.0.1 port 8080 after 30012 ms: Couldn\'t connect to server' })] },
);

export const UNKNOWN: PanelView = withStep(NEXT, 'restart', { status: 'unknown', isNext: true, statusWords: 'unknown: verify before you run it again', by: 'end unknown · 14:15', message: { severity: 'error', text: 'Nobody knows how the command ended: the editor was closed while it ran. It may have done all, some or none of its work.' }, commands: [command(RESTART, { state: 'unknown', result: 'end unknown', outputMissing: 'Its output was not observed here. It stood in the terminal only.' })] });

export const GATE: PanelView = withStep(
  withStep(withStep(NEXT, 'restart', { isNext: false, status: 'done', by: 'exit 0 · 12 s · 14:15', commands: [command(RESTART, { state: 'ok', result: 'exit 0 · 12 s', output: 'restarting orders … done\nok' })] }), 'errors', { status: 'skipped', tickable: false, by: 'skipped by you · 14:31', message: { severity: 'info', text: 'Reason: metrics are down, watched the log instead' } }),
  'decide',
  { isNext: true, message: { severity: 'info', text: 'Needs QA and one other person; cannot be undone by level 1 after this point.' }, actions: [action('go', 'Go', { icon: 'check', style: 'primary', stepId: 'decide' }), action('noGo', 'No-go', { icon: 'circle-slash', style: 'danger', stepId: 'decide' })] },
);

const PLAN: RollbackView = {
  level: 2, title: 'Code rollback', phase: 'plan', budgetSeconds: 900, budgetWords: '15 min', difference: null, startedAt: null, endedAt: null,
  commands: [planned('git checkout v1.8.2', 'undo'), planned('./deploy.sh --fast\nsystemctl restart orders', 'undo'), planned('curl -fsS "http://127.0.0.1:8080/health"', 'verify')],
  notUndoneHtml: ['<p>Orders that the canary has <strong>already written</strong> stay in the new format.</p>', '<p>Mails that have been sent.</p>'],
  started: ['Enable the feature flag for canary users', 'Restart the service and wait until it is healthy'],
  message: null,
  actions: [
    { ...action('confirmRollback', 'Roll back to level 2', { icon: 'discard', style: 'danger' }), level: 2 },
    { ...action('closeRollback', 'Cancel', { icon: 'close' }), level: 2 },
  ],
  planId: 'plan-2-abc',
};

export const ROLLBACK_PLAN: PanelView = { ...FAILED, rollback: PLAN };

export const ROLLING_BACK: PanelView = {
  ...FAILED,
  dock: { ...DOCK, levels: DOCK.levels.map((one) => (one.level === 2 ? { ...one, state: 'running' } : { ...one, disabledBecause: 'A rollback to level 2 is under way.' })) },
  rollback: {
    ...PLAN, phase: 'running', startedAt: secondsAgo(47),
    commands: [planned('git checkout v1.8.2', 'undo', { state: 'ok', result: 'exit 0 · 0.3 s', output: "HEAD is now at 9d1f2ab Release 1.8.2" }), planned('./deploy.sh --fast\nsystemctl restart orders', 'undo', { state: 'running', output: 'copying release 1.8.2 …' }), planned('curl -fsS "http://127.0.0.1:8080/health"', 'verify')],
    actions: [{ ...action('showTerminal', 'Show terminal', { icon: 'terminal' }), level: 2 }, { ...action('stopRollback', 'Stop', { icon: 'debug-stop', style: 'danger' }), level: 2 }],
  },
};

export const ROLLBACK_FAILED: PanelView = {
  ...ROLLING_BACK,
  rollback: {
    ...PLAN, phase: 'failed', startedAt: secondsAgo(1_000), endedAt: secondsAgo(20),
    message: { severity: 'error', text: 'The command failed with exit 1, and nothing after it has run. Look at its output, then retry, or choose the next level.' },
    commands: [planned('git checkout v1.8.2', 'undo', { state: 'ok', result: 'exit 0 · 0.3 s' }), planned('./deploy.sh --fast\nsystemctl restart orders', 'undo', { state: 'failed', result: 'exit 1 · 15 m 58 s', output: 'copying release 1.8.2 …\nno space left on device' }), planned('curl -fsS "http://127.0.0.1:8080/health"', 'verify')],
    actions: [
      { ...action('retryRollback', 'Go on from here', { icon: 'debug-restart', style: 'primary' }), level: 2 },
      { ...action('planRollback', 'Look at level 3: Full restore', { icon: 'discard' }), level: 3 },
      { ...action('showTerminal', 'Show terminal', { icon: 'terminal' }), level: 2 },
      { ...action('abandonRollback', 'Give up this rollback…', { icon: 'trash', style: 'quiet' }), level: 2 },
    ],
  },
};

export const FINISHED: PanelView = {
  ...GATE,
  header: { ...RUN_HEADER, mode: 'ended', done: 10, run: { id: '01J9', words: 'run 01J9 · started by you 14:02 · completed 18:40', startedAt: secondsAgo(16_000), endedAt: secondsAgo(60) }, phases: RUN_HEADER.phases.map((phase) => ({ ...phase, done: phase.total })), primary: action('startRun', 'Start a new run', { icon: 'play' }), actions: [action('openSource', 'Open source', { icon: 'go-to-file', style: 'quiet' })], announcement: 'The run is completed.' },
  outline: OUTLINE.map((item) => ({ ...item, done: item.total, status: item.total > 0 ? 'done' : 'none' })),
  blocks: GATE.blocks.map((block) => (block.kind === 'step' ? { ...block, status: 'done', statusWords: 'done', by: block.by === '' || block.status === 'waiting' ? 'you · 18:30' : block.by, isNext: false, message: null, tickable: false, actions: [action('revealSource', 'Show in source', { icon: 'go-to-file', style: 'quiet', stepId: block.stepId })] } : block.kind === 'section' ? { ...block, done: block.total } : block)),
};

export const PROMPT_WORD: PanelView = {
  ...NEXT,
  prompt: {
    id: 'prompt-1', title: 'Run in production?', text: 'The runbook asks for the word before this step runs.', severity: 'warning', commands: [command(RESTART)],
    inputs: [{ name: 'word', label: 'Type “production” to go on', kind: 'typed-word', word: 'production', value: '', required: true, error: null }, { name: 'note', label: 'Note', kind: 'text', word: null, value: '', required: false, error: null }],
    confirmLabel: 'Run', confirmStyle: 'danger',
  },
};

export const PROMPT_REASON: PanelView = {
  ...FAILED,
  prompt: { id: 'prompt-2', title: 'Skip “Restart the service”?', text: 'It stays open in the record as skipped, with your reason.', severity: 'info', commands: [], inputs: [{ name: 'reason', label: 'Reason', kind: 'text', word: null, value: '', required: true, error: null }, { name: 'ok', label: 'I have told the release channel', kind: 'acknowledge', word: null, value: '', required: true, error: null }], confirmLabel: 'Skip', confirmStyle: 'primary' },
};

const EDIT = { lines: [{ sign: ' ', text: 'Restart the service and wait until it is healthy' }, { sign: '-', text: '    systemctl reload orders' }, { sign: '+', text: '    systemctl restart orders' }], words: '1 line removed, 1 line added', isLarge: false } as const;

/** The runbook was edited during the run. */
export const EDITED: PanelView = withStep(
  {
    ...NEXT,
    notices: [notice('changed', 'warning', 'The runbook was edited during this run. Since it started: 1 step changed, 1 step gone.', { details: [{ text: 'Restart the service and wait until it is healthy: changed · commands', line: 40 }, { text: 'Tell the shift: gone', line: null }], actions: [action('rebaseRun', 'Rebase run…', { icon: 'git-merge' }), action('showChanges', 'Show changes', { icon: 'diff', style: 'quiet' })] })],
    dock: { ...DOCK, levels: DOCK.levels.map((one) => (one.level === 2 ? { ...one, detail: `${one.detail} · changed since the run started` } : one)) },
  },
  'restart',
  { isNext: true, difference: EDIT, tags: [{ text: 'changed since the run started', tone: 'warning' }] },
);

export const PROMPT_EDITED: PanelView = {
  ...EDITED,
  prompt: {
    id: 'prompt-3', title: 'Run “Restart the service”?', text: 'This was edited after the run started.', severity: 'warning', commands: [command(RESTART)], difference: EDIT,
    inputs: [{ name: 'edited', label: 'I have read what was edited here after this run started', kind: 'acknowledge', word: null, value: '', required: true, error: null }], confirmLabel: 'Run', confirmStyle: 'primary',
  },
};

export const PROMPT_REBASE: PanelView = {
  ...EDITED,
  prompt: {
    id: 'prompt-4', title: 'Rebase this run on the present text?', text: 'The run goes by the present text of the runbook from here on.', severity: 'warning', commands: [],
    lists: [{ heading: 'Becomes open, because its content is another', items: ['Enable the feature flag'] }, { heading: 'Keeps what is recorded', items: ['All pull request checks passed'] }],
    inputs: [{ name: 'keep:0', label: 'Leave “Enable the feature flag” as it is, with its earlier text', kind: 'acknowledge', word: null, value: '', required: false, error: null }], confirmLabel: 'Rebase run', confirmStyle: 'primary',
  },
};

export const ROLLBACK_EDITED: PanelView = { ...EDITED, rollback: { ...PLAN, difference: EDIT } };

/** A document of `count` steps, every fourth with a command. */
export function longView(count: number): PanelView {
  const all: BlockView[] = [];
  for (let index = 0; index < count; index += 1) {
    if (index % 20 === 0) all.push(section(`s${index}`, `Part ${index / 20 + 1}`, { total: 20 }));
    all.push(step(`n${index}`, `Step number ${index} of a long procedure`, index % 4 === 3 ? { commands: [command(`echo "step ${index}"\n./bin/do --number ${index} --wait 5s`)] } : { tickable: true }));
  }
  const view = viewOf({ ...RUN_HEADER, total: count, done: 0 }, all, { dock: DOCK, outline: all.flatMap((block) => (block.kind === 'section' ? [outlineItem(block.sectionId, block.title, 0, 20, 'open')] : [])) });
  return withStep(view, 'n0', { isNext: true });
}

/** The run with what reviewers said of it and of a step. */
export const SAID: PanelView = reviewedByOthers(FAILED);
