import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { buildPanelView } from '../../src/core/view/buildPanelView.ts';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { PureRun } from '../fakes/runs.ts';
import { input } from '../unit/view/fixture.ts';
import { Theatre, type Stage } from './stage.ts';
import { THEMES, type ThemeName } from './themes.ts';

const RUNBOOK = parseRunbook(`# Warm the caches

**Forward the database port**:

\`\`\`bash {#tunnel background}
ssh -N -L 5432:db.internal:5432 bastion
\`\`\`

## Warm up <!-- {parallel} -->

**Europe**:

\`\`\`bash {#europe}
ops/warm eu-1
\`\`\`

**America**:

\`\`\`bash {#america}
ops/warm us-1
\`\`\`

## After

**Open it to everyone**:

\`\`\`bash {#open}
ops/open
\`\`\`
`);

function start(run: PureRun, stepId: string, place: { readonly background?: true; readonly lane?: number }): string {
  const text = RUNBOOK.steps.find(({ id }) => id === stepId)?.commands[0]?.text ?? '';
  run.do({ type: 'startCommand', executionId: `x-${stepId}`, owner: { kind: 'step', stepId }, index: 0, count: 1, text, source: null, sha256: '', shell: 'bash', acknowledged: [], ...place });
  return `x-${stepId}`;
}

/** A tunnel in the background and two steps at the same time. */
function working(): PureRun {
  const run = new PureRun(RUNBOOK);
  run.do({ type: 'stayUp', executionId: start(run, 'tunnel', { background: true }) });
  start(run, 'europe', { lane: 1 });
  start(run, 'america', { lane: 2 });
  return run;
}

const viewOf = ({ state }: PureRun): PanelView => buildPanelView(input(state, { runbook: RUNBOOK, liveOutput: new Map([['x-europe', 'eu-1: 120 of 900'], ['x-america', 'us-1: 80 of 700']]) }));

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const step = (stage: Stage, id: string): ReturnType<Stage['page']['locator']> => stage.page.locator(`.block[data-key="step:${id}"]`);

test.each(Object.keys(THEMES) as ThemeName[])('in %s each says that it runs, with its own output and its own Stop', async (theme) => {
  const stage = await theatre.show(viewOf(working()), { theme, width: 1000, height: 1400 });
  for (const [id, words] of [['europe', 'eu-1: 120 of 900'], ['america', 'us-1: 80 of 700']] as const) {
    const text = await step(stage, id).innerText();
    for (const said of ['running', 'parallel with 1 other', words]) expect(text).toContain(said);
  }
  expect(await step(stage, 'tunnel').innerText()).toContain('running in the background since');
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('Stop and Show terminal act on the step that they stand at', async () => {
  const stage = await theatre.show(viewOf(working()), { width: 1000, height: 1400 });
  for (const id of ['europe', 'america', 'tunnel']) {
    await step(stage, id).getByRole('button', { name: /^Stop/ }).click();
    await step(stage, id).getByRole('button', { name: /^Show terminal/ }).click();
  }
  const posted = (await stage.posted()).filter((message) => (message as { readonly type: string }).type === 'step');
  expect(posted).toMatchObject(['europe', 'america', 'tunnel'].flatMap((stepId) => [{ action: 'stop', stepId }, { action: 'showStepTerminal', stepId }]));
  await stage.close();
});

test('what one prints moves nothing of the other', async () => {
  const run = working();
  const stage = await theatre.show(viewOf(run), { width: 1000, height: 1400 });
  const place = async (): Promise<number | undefined> => (await step(stage, 'america').locator('.title, .row').first().boundingBox())?.y;
  const before = await place();
  await stage.send({ type: 'output', blockKey: 'step:europe', commandIndex: 0, text: 'eu-1: 300 of 900' });
  await step(stage, 'europe').getByText('eu-1: 300 of 900').waitFor();
  expect(await step(stage, 'america').innerText()).toContain('us-1: 80 of 700');
  expect(await place()).toBe(before);
  await stage.close();
});

test('at no width is anything wider than the panel', async () => {
  for (const width of [320, 480, 1000]) {
    const stage = await theatre.show(viewOf(working()), { width, height: 900 });
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await stage.close();
  }
});
