import type { RunbookPanel } from '../editor/runbookPanel.ts';
import { answerQuestion, type KnownAnswers } from './answerQuestion.ts';
import { until } from './deadline.ts';
import { type Look, lookAt } from './panelLook.ts';

/** What one command may take on a machine that is busy with other things, in milliseconds. */
const PATIENCE_MS = 120_000;

/** What the driver of a run knows, wants and lets others do. */
export interface Answers extends KnownAnswers {
  /** Agrees to the monitors of the runbook as soon as the run has begun. */
  readonly watch?: boolean;
  /** Stops before this step (its id), with the run going on. */
  readonly until?: string;
  /** Ids of decisions at which No-Go is taken; the run is ended there. */
  readonly noGo?: readonly string[];
  /** Lets somebody else agree to a step that is reserved for others; called once for each. The panel has to be shown again afterwards. */
  readonly agree?: (stepId: string) => Promise<void>;
  /** Called before anything is done about a step, once for each: to look at what is there. */
  readonly before?: (stepId: string) => void | Promise<void>;
}

/**
 * Drives a run as a person does, by what the panel shows: starts it unless it goes on already, does what the one
 * primary button offers, takes decisions, answers questions, waits for soaks, and ends it. Nothing is pressed a
 * second time before the panel has changed.
 *
 * Returns when the run has ended, or stands before `until`. Throws, with what the step says and printed, when a step
 * fails, a question cannot be answered, or nothing moves any more.
 */
export async function runWhole(panel: RunbookPanel, answers: Answers = {}): Promise<void> {
  const seen = new Set<string>();
  let look = await shown(panel);
  let asked = look;
  if (look.isEnded || look.primary?.id === 'startRun') look = await press(panel, look);
  let watched = answers.watch !== true;
  for (;;) {
    if (look.question !== null) {
      const { question, next } = look;
      // Until the answer has come to something, the panel shows what it showed before the question.
      look = await after(panel, look, () => answerQuestion(panel.frame, question, next, answers), asked);
      continue;
    }
    // What had failed in a run that was given up is still shown.
    if (look.isEnded) return;
    if (look.failed.length > 0) throw new Error(await told(panel, look));
    if (!watched) {
      watched = true;
      await watch(panel);
    }
    const { next } = look;
    if (next !== null && !seen.has(next)) {
      if (next === answers.until) return;
      seen.add(next);
      await answers.before?.(next);
    }
    asked = look;
    look = await goOn(panel, look, answers);
  }
}

/** Does the one thing that is to be done now. */
async function goOn(panel: RunbookPanel, look: Look, answers: Answers): Promise<Look> {
  const { agree } = answers;
  const { primary, next } = look;
  if (primary === null) throw new Error(`The panel offers nothing to be done next.\n${await told(panel, look)}`);
  if (primary.because === null) return press(panel, look);
  if (/is a decision/.test(primary.because)) return decide(panel, look, answers);
  if (/waits for \d+ approvals?/.test(primary.because) && next !== null && agree !== undefined) {
    return after(panel, look, () => agree(next));
  }
  // A command runs, or time has to pass.
  return after(panel, look, async () => {});
}

const press = (panel: RunbookPanel, look: Look): Promise<Look> =>
  after(panel, look, () => panel.frame.locator(`.header-actions > [data-button=${look.primary?.id ?? ''}]`).click());

/** Takes the one choice that is wanted of a decision, wherever among its choices that stands. */
function decide(panel: RunbookPanel, look: Look, { noGo = [] }: Answers): Promise<Look> {
  const choice = look.next !== null && noGo.includes(look.next) ? 'noGo' : 'go';
  const buttons = panel.frame.locator(`.block .actions [data-button=${choice}]:not([aria-disabled])`);
  return after(panel, look, async () => {
    // The other choice of the same decision may be what is next; its buttons show when it is pointed at.
    if (!(await buttons.first().isVisible())) await panel.frame.locator('.step.gate').last().hover();
    await buttons.first().click();
  });
}

async function watch(panel: RunbookPanel): Promise<void> {
  await panel.press(/^Watch…/);
  await panel.frame.getByRole('dialog').filter({ visible: true }).getByRole('button', { name: 'Watch', exact: true }).click();
  await panel.frame.locator('.notice').getByText(/^Watching \d+ monitors?\.$/).waitFor({ timeout: PATIENCE_MS });
}

/** Does something and waits until the panel shows something else than before; `earlier` does not count either. */
async function after(panel: RunbookPanel, look: Look, act: () => Promise<void>, earlier = look): Promise<Look> {
  await act();
  try {
    return await until(
      async () => {
        const now = await lookAt(panel.frame);
        return now.fingerprint !== look.fingerprint && now.fingerprint !== earlier.fingerprint && now;
      },
      { what: 'the panel to go on', timeoutMs: PATIENCE_MS, everyMs: 50 },
    );
  } catch (error) {
    throw new Error(`Nothing moves any more.\n${await told(panel, look)}`, { cause: error });
  }
}

const shown = (panel: RunbookPanel): Promise<Look> =>
  until(
    async () => {
      const look = await lookAt(panel.frame);
      return look.primary !== null && look;
    },
    { what: 'the panel to be drawn', timeoutMs: PATIENCE_MS },
  );

/** Everything that says why a run does not go on: its button, its notices, and the steps with what they printed. */
async function told(panel: RunbookPanel, look: Look): Promise<string> {
  const steps = [...new Set([...look.failed, ...(look.next === null ? [] : [look.next])])];
  const texts = await Promise.all(steps.map((id) => panel.frame.locator(`.block[data-key=${JSON.stringify(`step:${id}`)}]`).first().textContent({ timeout: 1000 }).catch(() => '(not drawn)')));
  const notices = await panel.frame.locator('.notice').allTextContents();
  return [
    `Offered: ${look.primary?.id ?? 'nothing'}${look.primary?.because == null ? '' : `, not available: ${look.primary.because}`}`,
    ...notices.map((text) => `Notice: ${squeezed(text)}`),
    ...steps.map((id, index) => `Step ${id}: ${squeezed(texts[index] ?? '')}`),
  ].join('\n');
}

const squeezed = (text: string): string => text.trim().replaceAll(/[^\S\n]+/g, ' ').replaceAll(/\n\s*\n+/g, '\n');
