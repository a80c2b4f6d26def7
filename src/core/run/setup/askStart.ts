import type { Environment, InputDefinition } from '../../runbook/setup/model.ts';
import { problemWithValue } from '../../runbook/setup/inputValue.ts';
import { problemWith, type FieldNeed } from '../fieldValue.ts';
import { acknowledgement, fieldInput, typedWord, type Answers, type Question, type QuestionInput } from '../question.ts';
import { leftOutWords, ownRunInput, takenItems, takenWords, type Joining } from '../package/joining.ts';
import { referenceWords } from '../package/partOfWords.ts';
import type { RunState } from '../state.ts';
import type { PreflightCheck } from './setup.ts';
import type { StartField } from './startFields.ts';

const ENVIRONMENT = 'environment';
const INPUT = 'input:';
const KEEP = 'keep:';

/** Asks where a run is to go. Nothing is chosen beforehand: production must not be what happens to be first. */
export function askEnvironment(title: string, environments: readonly Environment[], root: RunState | null = null): Question {
  const taken = root?.setup?.environment ?? null;
  const goes = root === null ? '' : taken === null ? `It is a part of the run of “${root.title}”, which names no environment. ` : `It is a part of the run of “${root.title}” on ${taken.name}, which this runbook does not know. `;
  const names = environments.map(({ name }) => name);
  const choice: QuestionInput = {
    name: ENVIRONMENT, label: 'Environment', kind: 'choice', word: null, value: '', required: true, need: null, choices: names,
    check: (value) => (names.includes(value) ? null : 'Choose one of the environments.'),
  };
  return { title: `Start a run of “${title}”`, text: `${goes}Where is it to go? The next page shows what is checked, before anything starts.`, severity: 'info', commands: [], inputs: [choice], implied: [], confirmLabel: 'Next', confirmStyle: 'primary' };
}

export function chosenEnvironment({ values }: Answers): string {
  return values.get(ENVIRONMENT) ?? '';
}

/** What the page before a start is made of. */
export interface StartPage {
  readonly title: string;
  readonly environment: Environment | null;
  readonly inputs: readonly InputDefinition[];
  /** What commands need: those that nothing else fills are asked for, and inputs of the same name have to fit them. */
  readonly fields: readonly StartField[];
  readonly needs: readonly StartField[];
  readonly checks: readonly PreflightCheck[];
  /** Names of secrets that are kept. */
  readonly kept: ReadonlySet<string>;
  /** Whether a secret can be kept at all. */
  readonly canKeep: boolean;
  /** What it would be a part of; left out or null for a run of its own. */
  readonly joining?: Joining | null;
}

/** The last page before a start: what was checked, what has to be filled in, the word that has to be typed. */
export function askStart({ title, environment, inputs, fields, needs, checks, kept, canKeep, joining = null }: StartPage): Question {
  const needOf = new Map(needs.map(({ need }) => [need.name, need]));
  const isFailed = checks.some(({ result }) => result === 'failed');
  const where = environment === null ? '' : ` on ${environment.name}`;
  const word = environment?.confirm ?? null;
  const variables = environment?.variables ?? [];
  const text = [
    joining === null ? null : `Part of the run of “${joining.title}” (${joining.which}). ${takenSentence(joining)}`,
    joining === null ? null : leftOutWords(joining, environment?.name ?? null),
    isFailed ? 'Not everything is as the runbook expects. It can be started all the same, with a reason that the record keeps.' : null,
    word === null ? null : `${environment?.name ?? ''} is guarded: every command of this run acts on it.`,
  ].filter((words) => words !== null).join('\n');
  const items = joining === null ? [] : takenItems(joining);
  const lists = [
    ...(joining === null || items.length === 0 ? [] : [{ heading: `Taken from the run of “${joining.title}”`, items }]),
    ...(variables.length === 0 ? [] : [{ heading: `Variables of ${environment?.name ?? ''}`, items: variables.map(({ name, value }) => `${name} = ${value}`) }]),
  ];
  const reason: QuestionInput = { name: 'reason', label: 'Reason to start although a check failed', kind: 'text', word: null, value: '', required: true, need: null };
  return {
    title: `Start a run of “${title}”${where}`,
    text,
    severity: isFailed ? 'error' : word === null ? 'info' : 'warning',
    commands: [],
    ...(checks.length === 0 ? {} : { checks }),
    ...(lists.length === 0 ? {} : { lists }),
    inputs: [...inputs.flatMap((input) => fieldsOf(input, kept.has(input.name), canKeep, needOf.get(input.name), joining?.unfit.find(({ name }) => name === input.name))), ...fields.map(placeholderField), ...(isFailed ? [reason] : []), ...(word === null ? [] : [typedWord(word)]), ...(joining === null ? [] : [ownRunInput(joining)])],
    implied: [],
    confirmLabel: word === null ? 'Start run' : `Start on ${environment?.name ?? ''}`,
    confirmStyle: isFailed || word !== null ? 'danger' : 'primary',
  };
}

/** Asks again for secrets of a run that goes on. */
export function askSecrets(inputs: readonly InputDefinition[], canKeep: boolean): Question {
  const [only] = inputs;
  return {
    title: only !== undefined && inputs.length === 1 ? `${only.name} is needed again` : 'Secrets are needed again',
    text: 'Secrets are not in the record, so this window does not know them. Nothing has been run yet.',
    severity: 'info', commands: [], inputs: inputs.flatMap((input) => fieldsOf(input, false, canKeep)), implied: [], confirmLabel: 'Go on', confirmStyle: 'primary',
  };
}

/** What was given for an input. */
export function answeredInput({ values }: Answers, name: string): string {
  return values.get(`${INPUT}${name}`) ?? '';
}

/** Whether a secret is to be kept. */
export function isToBeKept({ acknowledged }: Answers, name: string): boolean {
  return acknowledged.includes(`${KEEP}${name}`);
}

/** A placeholder may be left empty: it is asked for again where it is needed. */
function placeholderField({ need, titles }: StartField): QuestionInput {
  const [first = ''] = titles;
  const others = titles.length - 1;
  return {
    ...fieldInput(need, ''),
    label: `${need.name} (optional)`,
    required: false,
    hint: `For “${first}”${others === 0 ? '' : ` and ${String(others)} more`}. Can be given later, when it is needed.`,
    check: (value) => {
      const problem = value === '' ? null : problemWith(value, need);
      return problem === null ? null : `${need.name} ${problem}`;
    },
  };
}

function takenSentence(joining: Joining): string {
  const words = takenWords(joining);
  return words === null ? 'There is nothing to take over from it.' : `It takes over ${words}, so that is not asked again.`;
}

function fieldsOf(input: InputDefinition, isKept: boolean, canKeep: boolean, need?: FieldNeed, unfit?: Joining['unfit'][number]): readonly QuestionInput[] {
  const hint = [input.description, unfit === undefined ? null : `“${unfit.value.slice(0, 100)}” of ${referenceWords(unfit.from)} is not taken: it ${unfit.problem}`, isKept ? 'Kept: leave it empty to use what is kept.' : null, input.choices === null && input.pattern !== null ? `Has to match ${input.pattern}` : null].filter((words) => words !== null && words !== '').join(' · ');
  const field: QuestionInput = {
    name: `${INPUT}${input.name}`,
    label: `${input.name}${input.required ? '' : ' (optional)'}`,
    kind: input.secret ? 'secret' : input.choices === null ? 'text' : 'choice',
    word: null,
    value: input.default ?? '',
    required: input.required && !isKept,
    need: null,
    ...(hint === '' ? {} : { hint }),
    ...(input.choices === null ? {} : { choices: input.choices }),
    check: (value) => {
      if (value === '' && isKept) return null;
      const problem = problemWithValue(value, input) ?? (need === undefined || value === '' ? null : problemWith(value, need));
      return problem === null ? null : `${input.name} ${problem}`;
    },
  };
  if (!input.secret || !canKeep) return [field];
  const keep = { ...acknowledgement(`${KEEP}${input.name}`, `Keep ${input.name} in the editor’s secret storage`), required: false, value: isKept ? 'yes' : '' };
  return [field, keep];
}
