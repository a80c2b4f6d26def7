import type { Runbook } from '../../runbook/model.ts';
import type { Environment, InputDefinition } from '../../runbook/setup/model.ts';
import type { RunReference } from '../events.ts';
import { problemWith } from '../fieldValue.ts';
import { acknowledgement, type Answers, type Question, type QuestionInput } from '../question.ts';
import type { StartField } from '../setup/startFields.ts';
import type { RunState } from '../state.ts';
import { goingRoots, runsOfRoot } from './packageRuns.ts';
import { takenLine } from './takenLine.ts';
import { ownNames, valuesToTake, type Taking } from './valuesToTake.ts';
import { environmentNameOf } from '../setup/environmentNameOf.ts';
import { shortRunId } from '../shortRunId.ts';

/** What a run that is about to start would be a part of, and what it would take over. */
export interface Joining extends Taking {
  readonly partOf: RunReference;
  /** Title of the runbook of that run. */
  readonly title: string;
  /** Which run that is, e.g. `run K3PD, started 2026-01-05 14:09 UTC by Ada`. */
  readonly which: string;
  /** Name of the environment that is taken over; null: none, or it was asked for. */
  readonly environment: string | null;
  /** Other environments of its runs, whose values are not taken. */
  readonly leftOut: readonly string[];
}

const ROOT = 'root';
/** What is acknowledged by a person who wants no part in another run. */
export const OWN_RUN = 'own-run';
const ALONE = 'A run of its own';

/** Runs that one can be a part of: those that go on, and those that go on although a newer run of their runbook was started. */
export interface Roots {
  readonly going: readonly RunState[];
  readonly overtaken: readonly RunState[];
}

/** Asks which of several runs one is to be a part of. */
export function askRoot(title: string, roots: Roots): Question {
  const choices = [...choicesOf(roots).keys(), ALONE];
  const choice: QuestionInput = { name: ROOT, label: 'Part of', kind: 'choice', word: null, value: '', required: true, need: null, choices, check: (value) => (choices.includes(value) ? null : 'Choose one of them.') };
  return { title: `Start a run of “${title}”`, text: 'Runs of its package go on. Which one does it belong to? It takes over the environment and the values of that one.', severity: 'info', commands: [], inputs: [choice], implied: [], confirmLabel: 'Next', confirmStyle: 'primary' };
}

/** The run that was chosen, null for one of its own, undefined when it is none of them. */
export function chosenRoot({ values }: Answers, roots: Roots): RunState | null | undefined {
  const chosen = values.get(ROOT) ?? '';
  return chosen === ALONE ? null : choicesOf(roots).get(chosen);
}

function choicesOf({ going, overtaken }: Roots): ReadonlyMap<string, RunState> {
  return new Map([...going.map((root) => [rootWords(root), root] as const), ...overtaken.map((root) => [`${rootWords(root)}; a newer run of it was started since`, root] as const)]);
}

function rootWords(root: RunState): string {
  return `${root.title} (${whichWords(root)})`;
}

function whichWords({ runId, startedAt, startedBy }: RunState): string {
  return `run ${shortRunId(runId ?? '')}${startedAt === null ? '' : `, started ${startedAt.slice(0, 16).replace('T', ' ')} UTC`}${startedBy === null ? '' : ` by ${startedBy.name}`}`;
}

/**
 * Where a run goes without anybody being asked: null: nowhere in particular, undefined: it has to be asked.
 * A runbook without environments goes where the run goes that it is a part of.
 */
export function environmentOf(environments: readonly Environment[], root: RunState | null): Environment | null | undefined {
  const taken = root?.setup?.environment ?? null;
  if (environments.length === 0) return taken === null ? null : { ...taken, branch: null, clean: false, line: 1 };
  if (taken !== null) return environments.find(({ name }) => name === taken.name);
  return environments.length === 1 ? environments[0] : undefined;
}

/** @param runs of the package, as they are now. Null when the run is not going on any more. */
export function joiningOf(runbook: Runbook, environment: Environment | null, rootId: string | null, runs: readonly RunState[]): Joining | null {
  const root = goingRoots(runs).find(({ runId }) => runId === rootId);
  if (root?.runId == null) return null;
  const inputs = runbook.frontMatter.setup?.inputs ?? [];
  const members = runsOfRoot(runs, root.runId);
  const name = environment?.name ?? null;
  const taking = valuesToTake({ inputs, own: ownNames(inputs, environment?.variables ?? []), environment: name, stated: new Map() }, members);
  const leftOut = [...new Set(members.filter(({ stated }) => stated.size > 0).map(environmentNameOf))].filter((other) => other !== name).map((other) => other ?? 'no environment');
  const isTaken = environment !== null && environmentNameOf(root) === environment.name;
  return { ...taking, partOf: { runId: root.runId, file: root.file }, title: root.title, which: whichWords(root), leftOut, environment: isTaken ? environment.name : null };
}

/** Whether what was shown is still what would be taken over. */
export function sameJoining(one: Joining | null, other: Joining | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Inputs that need not be asked for: a variable comes before what was typed for a placeholder. */
export function givenInputs({ values }: Joining, inputs: readonly InputDefinition[], needs: readonly StartField[]): ReadonlyMap<string, string> {
  return new Map(
    inputs.filter(({ secret }) => !secret).flatMap(({ name }) => {
      const same = values.filter((each) => each.name === name);
      const value = (same.find(({ kind }) => kind === 'value') ?? same[0])?.value;
      const need = needs.find((each) => each.need.name === name)?.need;
      return value === undefined || (need !== undefined && problemWith(value, need) !== null) ? [] : [[name, value] as const];
    }),
  );
}

/** `Environment and 3 values` of the page before a start; null when nothing is taken over. */
export function takenWords({ environment, values }: Joining): string | null {
  const parts = [environment === null ? null : 'environment', values.length === 0 ? null : `${String(values.length)} ${values.length === 1 ? 'value' : 'values'}`].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' and ');
}

/** Says that values of other environments stay there; null when there are none. */
export function leftOutWords({ leftOut }: Joining, environment: string | null): string | null {
  if (leftOut.length === 0) return null;
  return `No values are taken from runs on ${leftOut.join(', ')}: this one goes to ${environment ?? 'no environment'}.`;
}

/** What is taken over, line by line, each with where it comes from when that is not the run that it is a part of. */
export function takenItems({ environment, values, partOf }: Joining): readonly string[] {
  return [...(environment === null ? [] : [`environment ${environment}`]), ...values.map((value) => takenLine(value, partOf))];
}

/** Lets a person start a run of its own instead. */
export function ownRunInput({ title }: Joining): QuestionInput {
  return { ...acknowledgement(OWN_RUN, `Start a run of its own instead, apart from the run of “${title}”`), required: false };
}
