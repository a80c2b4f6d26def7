import type { Command, Severity } from '../runbook/model.ts';
import { commandView } from '../view/command.ts';
import type { PromptInput, PromptView } from '../view/viewModel.ts';
import { differenceView } from '../view/difference.ts';
import type { DiffLine } from './drift/diffLines.ts';
import { problemWith, type FieldNeed } from './fieldValue.ts';

/** Something that has to be answered before an action goes on. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly severity: Severity;
  /** What is going to run, to be looked at. */
  readonly commands: readonly Command[];
  /** What was edited and has to be read, as lines with signs. */
  readonly difference?: readonly DiffLine[];
  /** The difference is shown whole at once, however long. */
  readonly showsAll?: true;
  /** What it is about to do, in lists under headings. */
  readonly lists?: PromptView['lists'];
  /** What was looked at, and what came of it. */
  readonly checks?: PromptView['checks'];
  readonly inputs: readonly QuestionInput[];
  /** What confirming it acknowledges by itself. */
  readonly implied: readonly string[];
  readonly confirmLabel: string;
  readonly confirmStyle: 'primary' | 'danger';
}

export interface QuestionInput extends Omit<PromptInput, 'error'> {
  /** For a placeholder: what its value has to be like. */
  readonly need: FieldNeed | null;
  /** What is wrong with an answer, as a sentence, or null; left out when its kind says all. */
  readonly check?: (answer: string) => string | null;
}

/** A person's answers, checked. */
export interface Answers {
  /** Values of placeholders by name. */
  readonly fields: ReadonlyMap<string, string>;
  /** What was accepted, as the record keeps it. */
  readonly acknowledged: readonly string[];
  readonly reason: string | null;
  /** Every answer by the name of its input. */
  readonly values: ReadonlyMap<string, string>;
}

export type AnswerCheck = { readonly kind: 'right'; readonly answers: Answers } | { readonly kind: 'wrong'; readonly errors: ReadonlyMap<string, string> };

/** Longest answer that is taken, in UTF-16 units. */
const LONGEST = 10_000;

export function fieldInput(need: FieldNeed, value: string): QuestionInput {
  return { name: `field:${need.name}`, label: need.name, kind: 'text', word: null, value, required: true, need };
}

export function acknowledgement(name: string, label: string): QuestionInput {
  return { name, label, kind: 'acknowledge', word: null, value: '', required: true, need: null };
}

export function typedWord(word: string): QuestionInput {
  return { name: `confirm:${word}`, label: `Type ${word} to confirm`, kind: 'typed-word', word, value: '', required: true, need: null };
}

/** Checks what a person answered. Anything that was not asked is ignored. */
export function checkAnswers(question: Question, given: Readonly<Record<string, string>>): AnswerCheck {
  const errors = new Map<string, string>();
  for (const input of question.inputs) {
    const problem = problemOf(input, answerTo(input, given));
    if (problem !== null) errors.set(input.name, problem);
  }
  if (errors.size > 0) return { kind: 'wrong', errors };
  const fields = new Map(question.inputs.flatMap((input) => (input.need === null ? [] : [[input.need.name, answerTo(input, given)] as const])));
  const accepted = question.inputs.filter((input) => input.kind === 'typed-word' || (input.kind === 'acknowledge' && answerTo(input, given) === 'yes')).map(({ name }) => name);
  const reason = question.inputs.find(({ name, need }) => name === 'reason' && need === null);
  return { kind: 'right', answers: { fields, acknowledged: [...question.implied, ...accepted], reason: reason === undefined ? null : answerTo(reason, given).trim(), values: new Map(question.inputs.map((input) => [input.name, answerTo(input, given)])) } };
}

/** The question as the panel shows it, with what was answered so far and what is wrong with it. */
export function promptView(id: string, question: Question, given: Readonly<Record<string, string>> = {}, errors: ReadonlyMap<string, string> = new Map()): PromptView {
  return {
    id,
    title: question.title,
    text: question.text,
    severity: question.severity,
    ...(question.difference === undefined || question.difference.length === 0 ? {} : { difference: differenceView(question.difference, question.showsAll === true) }),
    ...(question.lists === undefined ? {} : { lists: question.lists }),
    ...(question.checks === undefined ? {} : { checks: question.checks }),
    commands: question.commands.map((command) => commandView(command, null, null)),
    inputs: question.inputs.map(({ need: _, check: __, ...input }) => ({ ...input, value: shownValue(input, given), error: errors.get(input.name) ?? null })),
    confirmLabel: question.confirmLabel,
    confirmStyle: question.confirmStyle,
  };
}

/** A secret goes one way only: what was typed is not sent back to be shown. */
function shownValue({ kind, name, value }: Pick<QuestionInput, 'kind' | 'name' | 'value'>, given: Readonly<Record<string, string>>): string {
  if (kind === 'secret') return '';
  return Object.hasOwn(given, name) ? (given[name] ?? '') : value;
}

/** Only what the person sent counts: a proposed value has to come back to be taken. */
function answerTo(input: QuestionInput, given: Readonly<Record<string, string>>): string {
  const answer = Object.hasOwn(given, input.name) ? given[input.name] : '';
  return (answer ?? '').slice(0, LONGEST);
}

function problemOf(input: QuestionInput, answer: string): string | null {
  if (input.check !== undefined) return input.check(answer);
  if (input.need !== null) {
    const problem = problemWith(answer, input.need);
    return problem === null ? null : `${input.label} ${problem}`;
  }
  if (input.kind === 'acknowledge') return answer === 'yes' || !input.required ? null : 'Has to be ticked before it can go on.';
  if (input.kind === 'typed-word') return answer.trim() === input.word ? null : `Type exactly: ${input.word ?? ''}`;
  return input.required && answer.trim() === '' ? 'Is needed. It is kept in the record.' : null;
}
