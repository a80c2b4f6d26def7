import { longRunbook } from './documents.ts';
import { inTurns, type Pair, pairOf, summarise } from './measure.ts';
import { closeAll, measureOpening, type Opening, probedPage, startProbedEditor, type Way } from './openings.ts';
import type { BenchOptions } from './options.ts';
import type { SectionReport } from './report.ts';
import { tickFigures } from './ticks.ts';

const STEPS = 1_000;
const SHORT_STEPS = 10;
/** No runbooks by their names, so that nothing of ours has looked at them before the panel opens. */
const FILES = { 'long.md': longRunbook(STEPS), 'short.md': longRunbook(SHORT_STEPS) };
const LONG = 0;
const SHORT = 1;
const OTHER = 'built-in Markdown preview';

type Openings = { readonly ours: readonly Opening[]; readonly other: readonly Opening[] };

/** Opening a long runbook, beside the built-in preview of the same file in the same editor. */
export async function paintSection({ quick }: BenchOptions): Promise<SectionReport> {
  await using editor = await startProbedEditor(FILES);
  const cold = await pairs(quick ? 3 : 9, async (way) => {
    const page = await probedPage(editor);
    const opening = await measureOpening(page, LONG, way);
    await page.context().close();
    return opening;
  });
  const page = await probedPage(editor);
  const warmly = async (way: Way): Promise<Opening> => {
    const opening = await measureOpening(page, LONG, way);
    await closeAll(page);
    return opening;
  };
  await pairs(1, warmly);
  const warm = await pairs(quick ? 5 : 15, warmly);
  await page.context().close();
  const opening = summarise(warm.ours.map(({ painted }) => painted)).median;
  return {
    section: 'paint',
    method:
      `A document of ${STEPS.toLocaleString('en')} steps, its source open, from the key that is bound to the command to a heading or step in sight in a shown frame (first task after that animation frame), and until the document is complete and answers: the primary button takes the focus; the preview scrolls. ` +
      'One probe in all frames. Cold: a new window and extension host for each; warm: one window, in turns.',
    figures: [...figuresOf('cold', cold), ...figuresOf('warm', warm), ...(await tickFigures(editor, { index: LONG, steps: STEPS }, { index: SHORT, steps: SHORT_STEPS }, opening, quick ? 5 : 15))],
    notes: [],
  };
}

async function pairs(rounds: number, open: (way: Way) => Promise<Opening>): Promise<Openings> {
  const openings: { readonly ours: Opening[]; readonly other: Opening[] } = { ours: [], other: [] };
  await inTurns(
    rounds,
    async () => openings.ours.push(await open('panel')),
    async () => openings.other.push(await open('preview')),
  );
  return openings;
}

function figuresOf(when: string, { ours, other }: Openings): readonly Pair[] {
  const figure = (name: string, of: (opening: Opening) => number): Pair => pairOf({ name: `${when}: ${name}`, otherName: OTHER, target: '<= 1' }, ours.map(of), other.map(of));
  return [figure('first paint', ({ painted }) => painted), figure('interactive', ({ interactive }) => interactive)];
}
