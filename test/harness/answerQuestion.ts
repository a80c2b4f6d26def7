import type { FrameLocator, Locator } from 'playwright-core';
import type { ShownQuestion } from './panelLook.ts';

/** What a person knows who drives a run. */
export interface KnownAnswers {
  /** Name of the environment that is chosen at the start. */
  readonly environment?: string;
  /** Values of inputs and placeholders, by name. */
  readonly values?: Readonly<Record<string, string>>;
  /** Why the run is started although a pre-flight check failed. Without it, that is a failure. */
  readonly reason?: string;
  /** Notes and links for steps that ask for evidence, by the step's id. */
  readonly evidence?: Readonly<Record<string, string>>;
}

/** Fills in the question that is open and confirms it. Throws, with its words, when an answer is not known or was refused. */
export async function answerQuestion(frame: FrameLocator, question: ShownQuestion, next: string | null, known: KnownAnswers): Promise<void> {
  if (question.errors.length > 0) throw new Error(`“${question.title}” was answered wrongly: ${question.errors.join(' ')}`);
  const dialog = frame.locator('dialog.prompt[open]');
  for (const { name, kind, value } of question.inputs) {
    const field = dialog.locator(`[data-input=${JSON.stringify(name)}]`);
    if (kind === 'acknowledge') await tick(field, name);
    else await fill(field, kind, answerTo(name, value, question, next, known));
  }
  await dialog.locator('[data-button=confirm]').click();
}

function answerTo(name: string, proposed: string, question: ShownQuestion, next: string | null, known: KnownAnswers): string {
  const word = /^confirm:(.+)$/.exec(name)?.[1];
  if (word !== undefined) return word;
  const value = /^(?:input|field):(.+)$/.exec(name)?.[1];
  const answer =
    name === 'environment' ? known.environment
    : value !== undefined ? (known.values?.[value] ?? proposed)
    : question.title.startsWith('Start a run') ? known.reason
    : known.evidence?.[next ?? ''];
  if (answer === undefined) throw new Error(`No answer is known to “${name}” of “${question.title}” (next step: ${next ?? 'none'}). It says: ${question.text}`);
  return answer;
}

/** What is kept beyond the run is not asked for here, and a run of a package stays a part of it. */
async function tick(field: Locator, name: string): Promise<void> {
  if (!name.startsWith('keep:') && name !== 'own-run') await field.click();
}

async function fill(field: Locator, kind: 'text' | 'choice', answer: string): Promise<void> {
  if (kind === 'choice') await field.selectOption(answer);
  else if ((await field.evaluate((element) => element.localName)) === 'input') await field.fill(answer);
  else await field.locator('input').fill(answer);
}
