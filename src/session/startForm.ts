import type { JoinedFacts } from '../core/run/commands.ts';
import { type Joining, askRoot, chosenRoot, environmentOf, givenInputs, joiningOf, OWN_RUN, type Roots, sameJoining } from '../core/run/package/joining.ts';
import { askUnread } from '../core/run/package/askUnread.ts';
import { NO_RECORDS, type PackageRecords } from '../core/run/package/packageRecords.ts';
import { joinableRoots, overtakenRoots } from '../core/run/package/packageRuns.ts';
import type { RunState } from '../core/run/state.ts';
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
  readonly joined: JoinedFacts;
  readonly secrets: ReadonlyMap<string, string>;
  /** Values of placeholders that were given, by name. */
  readonly fields: ReadonlyMap<string, string>;
}

type Begin = (started: Started) => Promise<void>;

/**
 * Asks what has to be known before a run: what it is a part of when several runs
 * of its package go on, the environment when there are several, then one page with
 * the checks, what is taken over, the inputs and the word that guards it. Begins at
 * once when there is nothing to ask or to say. Throws a UserError when the front
 * matter is wrong. `rootId`: the run that it is to be a part of, when that was chosen already.
 */
export async function askToStart(context: SessionContext, rootId: string | null, begin: Begin): Promise<void> {
  const { problem } = context.runbook.frontMatter.setup ?? NO_QUESTIONS;
  if (problem !== null) throw errors.frontMatterWrong(problem);
  const shown = context.revisions.number;
  const { unread } = await recordsOf(context);
  if (unread.length === 0) return askRoots(context, rootId, shown, begin);
  context.prompts.ask(askUnread(context.runbook.title, unread), () => {
    if (context.revisions.number !== shown) throw errors.startPageStale();
    return askRoots(context, rootId, shown, begin);
  });
}

async function askRoots(context: SessionContext, rootId: string | null, shown: number, begin: Begin): Promise<void> {
  const roots = await rootsOf(context);
  // A run that was chosen and has ended meanwhile is not replaced by another one.
  const known = rootId === null ? (roots.going.length === 1 ? roots.going[0] : undefined) : [...roots.going, ...roots.overtaken].find(({ runId }) => runId === rootId);
  if (known !== undefined || roots.going.length + roots.overtaken.length === 0) return askWhere(context, known ?? null, shown, begin);
  context.prompts.ask(askRoot(context.runbook.title, roots), (answers) => {
    const root = chosenRoot(answers, roots);
    if (root === undefined || context.revisions.number !== shown) throw errors.startPageStale();
    return askWhere(context, root, shown, begin);
  });
}

/** Runs of other runbooks of the package that it could be a part of. */
export async function rootsOf(context: SessionContext): Promise<Roots> {
  const { runs } = await recordsOf(context);
  const isOther = ({ file }: RunState): boolean => file !== context.options.file;
  return { going: joinableRoots(runs).filter(isOther), overtaken: overtakenRoots(runs).filter(isOther) };
}

async function recordsOf({ ports }: SessionContext): Promise<PackageRecords> {
  return (await ports.packageRuns?.read()) ?? NO_RECORDS;
}

async function askWhere(context: SessionContext, root: RunState | null, shown: number, begin: Begin): Promise<void> {
  const { environments, inputs } = context.runbook.frontMatter.setup ?? NO_QUESTIONS;
  if (root === null && environments.length === 0 && inputs.length === 0) return begin({ facts: {}, joined: {}, secrets: new Map(), fields: new Map() });
  const known = environmentOf(environments, root);
  if (known !== undefined) return askPage(context, known, root, shown, begin);
  await context.backups.look();
  context.prompts.ask({ ...askEnvironment(context.runbook.title, environments, root), ...deployedLists(context, environments.map(({ name }) => name)) }, (answers) => {
    const chosen = environments.find(({ name }) => name === chosenEnvironment(answers));
    if (chosen === undefined || context.revisions.number !== shown) throw errors.startPageStale();
    return askPage(context, chosen, root, shown, begin);
  });
}

/** What is deployed in each environment, where the records say anything of it. */
function deployedLists({ backups, ports }: SessionContext, names: readonly string[]): Pick<Question, 'lists'> {
  const items = names.flatMap((name) => deployedLine(statusOf(backups.past.runs, name), ports.clock.now(), backups.past.odd.length) ?? []);
  return items.length === 0 ? {} : { lists: [{ heading: 'Deployed now', items }] };
}

async function askPage(context: SessionContext, environment: Environment | null, root: RunState | null, shown: number, begin: Begin): Promise<void> {
  const { inputs } = context.runbook.frontMatter.setup ?? NO_QUESTIONS;
  const [checks, kept, joining] = await Promise.all([checksOf(context, environment), keptSecrets(context, environment?.name ?? null, inputs), joiningNow(context, environment, root)]);
  await context.backups.look();
  const deployed = environment === null ? null : deployedLine(statusOf(context.backups.past.runs, environment.name), context.ports.clock.now(), context.backups.past.odd.length);
  const needs = forwardNeeds(context.runbook);
  const given = joining === null ? new Map<string, string>() : givenInputs(joining, inputs, needs);
  const page = { title: context.runbook.title, environment, inputs: inputs.filter(({ name }) => !given.has(name)), fields: startFields(context.runbook, environment, inputs, joining?.values), needs, checks, kept: new Set(kept.keys()), canKeep: context.ports.secrets !== undefined, joining };
  const question = askStart(page);
  context.prompts.ask({ ...question, ...(deployed === null ? {} : { lists: [{ heading: 'Deployed now', items: [deployed] }, ...(question.lists ?? [])] }) }, async (answers) => {
    if (context.revisions.number !== shown) throw errors.startPageStale();
    if (answers.acknowledged.includes(OWN_RUN)) return askWhere(context, null, shown, begin);
    // Minutes may have passed over the page.
    const now = await checksOf(context, environment);
    const fresh = now.find(({ result, words }) => result === 'failed' && !checks.some((check) => check.result === 'failed' && check.words === words));
    if (fresh !== undefined) throw errors.preflightChanged(fresh.words);
    if (!sameJoining(joining, await joiningNow(context, environment, root))) throw errors.packageMoved();
    const secrets = secretsOf(inputs, answers, kept);
    const fields = new Map([...answers.fields].filter(([, value]) => value !== ''));
    const joined = joining === null ? {} : { partOf: joining.partOf, taken: joining.values };
    await begin({ facts: factsOf(environment, inputs, now, answers, given), joined, secrets, fields });
    await keepSecrets(context, environment?.name ?? null, new Map([...secrets].map(([name, value]) => [name, isToBeKept(answers, name) ? value : null])));
  });
}

/** What there is to take over from the root and the runs that belong to it, as it is now. Null for a run of its own, or when that run has ended. */
async function joiningNow(context: SessionContext, environment: Environment | null, root: RunState | null): Promise<Joining | null> {
  if (root === null) return null;
  const { runs, unread } = await recordsOf(context);
  const joining = joiningOf(context.runbook, environment, root.runId, runs);
  // What could not be read may hold newer ones.
  return joining === null || unread.length === 0 ? joining : { ...joining, values: [], unfit: [] };
}

async function checksOf({ ports }: SessionContext, environment: Environment | null): Promise<readonly PreflightCheck[]> {
  if (environment === null) return [];
  const checkout = await ports.versionControl.checkout().catch(() => null);
  return preflight(environment, checkout, ports.clock.now());
}

function secretsOf(inputs: readonly InputDefinition[], answers: Answers, kept: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(inputs.filter(({ secret }) => secret).map(({ name }) => [name, answeredInput(answers, name) || (kept.get(name) ?? '')]));
}

function factsOf(environment: Environment | null, inputs: readonly InputDefinition[], checks: readonly PreflightCheck[], answers: Answers, given: ReadonlyMap<string, string>): SetupFacts {
  const open = inputs.filter(({ secret }) => !secret).map(({ name }) => ({ name, value: given.get(name) ?? answeredInput(answers, name) }));
  const secrets = inputs.filter(({ secret }) => secret).map(({ name }) => name);
  const { reason } = answers;
  return {
    ...(environment === null ? {} : { environment: { name: environment.name, confirm: environment.confirm, variables: environment.variables }, preflight: checks }),
    ...(inputs.length === 0 ? {} : { inputs: open }),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...(reason === null ? {} : { preflightReason: reason }),
  };
}
