import { answeredInput, askEnvironment, askStart, chosenEnvironment, isToBeKept } from '../core/run/setup/askStart.ts';
import { preflight } from '../core/run/setup/preflight.ts';
import { forwardNeeds, startFields } from '../core/run/setup/startFields.ts';
import type { PreflightCheck, SetupFacts } from '../core/run/setup/setup.ts';
import { deployedLine } from '../core/status/deployedLine.ts';
import { statusOf } from '../core/status/environmentStatus.ts';
import type { Answers, Question } from '../core/run/question.ts';
import { NO_QUESTIONS, type Environment, type InputDefinition } from '../core/runbook/setup/model.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionContext } from './context.ts';
import { keepSecrets, keptSecrets } from './keptSecrets.ts';

/** What a start was answered with. */
export interface Started {
  readonly facts: SetupFacts;
  readonly secrets: ReadonlyMap<string, string>;
  /** Values of placeholders that were given, by name. */
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Asks what the front matter wants to know before a run: the environment when
 * there are several, then one page with the checks, the inputs and the word that
 * guards it. Begins at once when nothing has to be asked. Throws a UserError
 * when the front matter is wrong.
 */
export async function askToStart(context: SessionContext, begin: (started: Started) => Promise<void>): Promise<void> {
  const { environments, inputs, problem } = context.runbook.frontMatter.setup ?? NO_QUESTIONS;
  if (problem !== null) throw errors.frontMatterWrong(problem);
  const shown = context.revisions.number;
  const [only] = environments;
  if (only === undefined && inputs.length === 0) return begin({ facts: {}, secrets: new Map(), fields: new Map() });
  if (only === undefined || environments.length === 1) return askPage(context, only ?? null, inputs, shown, begin);
  await context.backups.look();
  context.prompts.ask({ ...askEnvironment(context.runbook.title, environments), ...deployedLists(context, environments.map(({ name }) => name)) }, (answers) => {
    const chosen = environments.find(({ name }) => name === chosenEnvironment(answers));
    if (chosen === undefined || context.revisions.number !== shown) throw errors.startPageStale();
    return askPage(context, chosen, inputs, shown, begin);
  });
}

/** What is deployed in each environment, where the records say anything of it. */
function deployedLists({ backups, ports }: SessionContext, names: readonly string[]): Pick<Question, 'lists'> {
  const items = names.flatMap((name) => deployedLine(statusOf(backups.past.runs, name), ports.clock.now()) ?? []);
  return items.length === 0 ? {} : { lists: [{ heading: 'Deployed now', items }] };
}

async function askPage(context: SessionContext, environment: Environment | null, inputs: readonly InputDefinition[], shown: number, begin: (started: Started) => Promise<void>): Promise<void> {
  const [checks, kept] = await Promise.all([checksOf(context, environment), keptSecrets(context, environment?.name ?? null, inputs)]);
  await context.backups.look();
  const deployed = environment === null ? null : deployedLine(statusOf(context.backups.past.runs, environment.name), context.ports.clock.now());
  const page = { title: context.runbook.title, environment, inputs, fields: startFields(context.runbook, environment, inputs), needs: forwardNeeds(context.runbook), checks, kept: new Set(kept.keys()), canKeep: context.ports.secrets !== undefined };
  const question = askStart(page);
  context.prompts.ask({ ...question, ...(deployed === null ? {} : { lists: [{ heading: 'Deployed now', items: [deployed] }, ...(question.lists ?? [])] }) }, async (answers) => {
    if (context.revisions.number !== shown) throw errors.startPageStale();
    // Minutes may have passed over the page.
    const now = await checksOf(context, environment);
    const fresh = now.find(({ result, words }) => result === 'failed' && !checks.some((check) => check.result === 'failed' && check.words === words));
    if (fresh !== undefined) throw errors.preflightChanged(fresh.words);
    const secrets = secretsOf(inputs, answers, kept);
    const fields = new Map([...answers.fields].filter(([, value]) => value !== ''));
    await begin({ facts: factsOf(environment, inputs, now, answers), secrets, fields });
    await keepSecrets(context, environment?.name ?? null, new Map([...secrets].map(([name, value]) => [name, isToBeKept(answers, name) ? value : null])));
  });
}

async function checksOf({ ports }: SessionContext, environment: Environment | null): Promise<readonly PreflightCheck[]> {
  if (environment === null) return [];
  const checkout = await ports.versionControl.checkout().catch(() => null);
  return preflight(environment, checkout, ports.clock.now());
}

function secretsOf(inputs: readonly InputDefinition[], answers: Answers, kept: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(inputs.filter(({ secret }) => secret).map(({ name }) => [name, answeredInput(answers, name) || (kept.get(name) ?? '')]));
}

function factsOf(environment: Environment | null, inputs: readonly InputDefinition[], checks: readonly PreflightCheck[], answers: Answers): SetupFacts {
  const open = inputs.filter(({ secret }) => !secret).map(({ name }) => ({ name, value: answeredInput(answers, name) }));
  const secrets = inputs.filter(({ secret }) => secret).map(({ name }) => name);
  const { reason } = answers;
  return {
    ...(environment === null ? {} : { environment: { name: environment.name, confirm: environment.confirm, variables: environment.variables }, preflight: checks }),
    ...(inputs.length === 0 ? {} : { inputs: open }),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...(reason === null ? {} : { preflightReason: reason }),
  };
}
