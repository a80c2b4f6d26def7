import { UNDO_LEVEL } from '../rollback/levelName.ts';
import type { RollbackPlan } from '../rollback/plan.ts';
import { isRequest } from '../checks/fillRequest.ts';
import type { Command, Step } from '../runbook/model.ts';
import { ACKNOWLEDGED } from './decideCommand.ts';
import type { Change } from './drift/compare.ts';
import { firstCommandToRun, isSettled, ownStatusOf, type DerivedStatus } from './derived.ts';
import { isInconclusive } from './outcome.ts';
import { givenValues, isGiven } from './knownValues.ts';
import { commandNeeds, mergedNeeds } from './needs.ts';
import * as errors from '../userErrors.ts';
import { noReturnInput, noReturnWords } from './noReturn.ts';
import { acknowledgement, fieldInput, typedWord, type Question, type QuestionInput } from './question.ts';
import type { RunState } from './state.ts';

/** What the session knows besides the run's state. */
export interface AskContext {
  /** The front matter's `shell`. */
  readonly documentShell: string | null;
  /** What was edited in it since the run started and nobody has acknowledged, or null. */
  readonly edited: Change<unknown> | null;
  /** For a rollback level: title of the step that has closed it, or null. */
  readonly closedBy?: string | null;
}

/**
 * What has to be asked before a step's commands may run, or null. The values of
 * placeholders are proposed from what was given earlier in the run.
 *
 * Throws a UserError when a placeholder has no safe place or the shell is unknown.
 */
export function askBeforeStep(state: RunState, step: Step, context: AskContext): Question | null {
  // A check changes nothing, so nothing is asked of how it went before.
  const status = step.check ? 'open' : ownStatusOf(state, step);
  const again = isSettled(status) || (status !== 'unknown' && !step.check && firstCommandToRun(state, step) === step.commands.length);
  const first = again || step.check ? 0 : firstCommandToRun(state, step) % Math.max(1, step.commands.length);
  const commands = step.commands.slice(first);
  const latest = state.executions.get(state.steps.get(step.id)?.executionIds.at(-1) ?? '');
  const isUp = latest !== undefined && latest.upAt !== null && latest.outcome === null;
  const isSeenToEnd = latest !== undefined && isInconclusive(latest);
  const inputs: QuestionInput[] = [];
  if (status === 'unknown') inputs.push(acknowledgement(ACKNOWLEDGED.lost, `I have verified what the ${isSeenToEnd ? 'last' : 'lost'} command did, and it may run again`));
  if (context.edited !== null) inputs.push(readIt);
  const noReturn = noReturnWords(step);
  if (noReturn !== null) inputs.push(noReturnInput);
  inputs.push(...commonInputs(state, commands, [step.confirm], context.documentShell));
  const plain = step.confirm === true || commands.some(({ options }) => options.confirm === true);
  if (inputs.length === 0 && !plain && !again) return null;
  const texts = [
    noReturn,
    context.edited === null ? null : editedWords(context.edited),
    again ? againWords(status, isUp) : null,
    status === 'unknown' ? (isSeenToEnd ? 'Nobody knows whether the last command of this step printed what was expected.' : 'Nobody knows how the last command of this step ended.') : null,
    plain && !again ? 'The runbook asks for a confirmation here.' : null,
  ];
  return {
    title: isUp ? `Restart “${step.title}”?` : again ? `Run “${step.title}” again?` : `Run “${step.title}”?`,
    text: texts.filter((words) => words !== null).join(' '),
    severity: inputs.some(({ kind }) => kind !== 'text') || again ? 'warning' : 'info',
    commands,
    ...(context.edited === null ? {} : { difference: context.edited.difference }),
    inputs,
    implied: [...(again ? [ACKNOWLEDGED.again] : []), ...(plain ? ['confirm'] : [])],
    confirmLabel: isUp ? 'Restart' : again ? 'Run again' : 'Run',
    confirmStyle: status === 'unknown' || noReturn !== null ? 'danger' : 'primary',
  };
}

function againWords(status: DerivedStatus, isUp: boolean): string {
  if (isUp) return 'It runs in the background. It is stopped first, as Ctrl-C does and then by force, and started again when it has ended.';
  if (status === 'background') return 'It ran in the background until it was stopped.';
  return `This step is ${status === 'skipped' ? 'skipped' : 'done'}. Running it again runs all of its commands.`;
}

/** `again`: its last command is run once more, since nobody knows how it ended. */
export type RollbackStart = 'begin' | 'goOn' | 'again';

/** What has to be asked before a rollback goes on from `first`, beyond the confirmation of its plan, or null. */
export function askBeforeRollback(state: RunState | null, plan: RollbackPlan, first: number, start: RollbackStart, { documentShell, edited, closedBy = null }: AskContext): Question | null {
  const unknown = start === 'again';
  // What is only shown asks for nothing.
  const commands = plan.sources.filter((_, place) => place >= first && plan.commands[place]?.shownOnly !== true);
  const inputs: QuestionInput[] = unknown ? [acknowledgement(ACKNOWLEDGED.lost, 'I have verified what the lost command did, and it may run again')] : [];
  if (edited !== null) inputs.push(readIt);
  if (closedBy !== null) inputs.push(acknowledgement(ACKNOWLEDGED.closed, `I know that “${closedBy}” has begun, which closes this level`));
  inputs.push(...commonInputs(state, commands, [], documentShell));
  if (inputs.length === 0) return null;
  return {
    title: titleOf(plan, start),
    text: [closedBy === null ? null : `The runbook says that “${closedBy}” closes this level: it may no longer take everything back, or do harm.`, edited === null ? null : editedWords(edited), unknown ? `Nobody knows how the last command of this ${plan.rehearsal === undefined ? 'rollback' : 'rehearsal'} ended.` : null].filter((words) => words !== null).join(' '),
    severity: 'warning',
    commands,
    ...(edited === null ? {} : { difference: edited.difference }),
    inputs,
    implied: [],
    confirmLabel: plan.rehearsal !== undefined && start === 'begin' ? 'Rehearse' : rollbackLabels[start],
    confirmStyle: 'danger',
  };
}

function titleOf(plan: RollbackPlan, start: RollbackStart): string {
  const level = `level ${String(plan.level)}: ${plan.title}`;
  if (plan.rehearsal !== undefined) return rehearsalTitles[start](level);
  return plan.level === UNDO_LEVEL ? undoTitles[start] : rollbackTitles[start](level);
}

const rehearsalTitles: Readonly<Record<RollbackStart, (level: string) => string>> = {
  begin: (level) => `Rehearse ${level}`,
  goOn: (level) => `Go on with the rehearsal of ${level}`,
  again: (level) => `Run the last command again: rehearsal of ${level}`,
};

const rollbackTitles: Readonly<Record<RollbackStart, (level: string) => string>> = {
  begin: (level) => `Roll back to ${level}`,
  goOn: (level) => `Go on with the rollback to ${level}`,
  again: (level) => `Run the last command again: rollback to ${level}`,
};

const undoTitles: Readonly<Record<RollbackStart, string>> = { begin: 'Undo what started', goOn: 'Go on undoing what started', again: 'Run the last undo again' };

const rollbackLabels: Readonly<Record<RollbackStart, string>> = { begin: 'Roll back', goOn: 'Go on', again: 'Run it again' };

/** What is asked before a step that runs nothing is ticked or decided. */
export interface TickAsks {
  /** What was edited in it and has to be read, or null. */
  readonly edited: Change<unknown> | null;
  /** A person's words are asked for. */
  readonly note: boolean;
  /** The runbook asks for them, so they may not stay empty. */
  readonly evidence: boolean;
  readonly label: string;
}

/** Asks a person to read an edit, to leave a note or to give evidence, before a step is ticked or decided. */
export function askBeforeTick(title: string, { edited, note, evidence, label }: TickAsks): Question {
  const words: QuestionInput = { name: 'reason', label: evidence ? 'Evidence: a note, a link, or the path of a file' : 'Note or link', kind: 'text', word: null, value: '', required: true, need: null };
  const texts = [edited === null ? null : editedWords(edited), evidence ? 'The runbook asks for evidence here. The record keeps it, and the SHA-256 of a file of this workspace with it.' : note ? 'The record keeps it.' : null];
  return {
    title: `${label}: “${title}”?`,
    text: texts.filter((text) => text !== null).join(' '),
    severity: edited === null ? 'info' : 'warning',
    commands: [],
    ...(edited === null ? {} : { difference: edited.difference }),
    inputs: [...(edited === null ? [] : [readIt]), ...(note ? [words] : [])],
    implied: [],
    confirmLabel: label,
    confirmStyle: 'primary',
  };
}

/** Asks a person to say why. */
export function askReason(title: string, text: string, confirmLabel: string, danger = false): Question {
  const reason: QuestionInput = { name: 'reason', label: 'Reason', kind: 'text', word: null, value: '', required: true, need: null };
  return { title, text, severity: danger ? 'warning' : 'info', commands: [], inputs: [reason], implied: [], confirmLabel, confirmStyle: danger ? 'danger' : 'primary' };
}

const readIt: QuestionInput = acknowledgement(ACKNOWLEDGED.edited, 'I have read what was edited here after this run started');

function editedWords({ kind, before }: Change<unknown>): string {
  if (kind === 'added') return 'This was added to the runbook after the run started.';
  return before === null ? 'The text that this run started with is not known, so this counts as edited.' : 'This was edited after the run started.';
}

/** What is asked of any commands that are about to run: values, hidden characters, words to type. */
export function commonInputs(state: RunState | null, commands: readonly Command[], confirms: readonly (boolean | string)[], documentShell: string | null): readonly QuestionInput[] {
  const needs = mergedNeeds(commands.flatMap((command) => commandNeeds(command, documentShell)));
  const given = givenValues(state);
  const secretAt = commands.find((command) => isRequest(command) && command.placeholders.some(({ name }) => state?.setup?.secrets.includes(name) === true));
  if (secretAt !== undefined) throw errors.secretInRequest();
  const open = [...needs.values()].filter((need) => !isGiven(given, need) && state?.setup?.secrets.includes(need.name) !== true);
  const inputs = open.map((need) => fieldInput(need, state?.fields.get(need.name) ?? ''));
  const hidden = [...new Set(commands.flatMap((command) => command.hidden.map(({ codePoint, name }) => `${codePoint} ${name}`)))];
  if (hidden.length > 0) inputs.push(acknowledgement(ACKNOWLEDGED.hidden, `I have looked at the characters that are hidden or look like others: ${hidden.join(', ')}`));
  const words = new Set([...confirms, ...commands.map(({ options }) => options.confirm)].filter((confirm) => typeof confirm === 'string'));
  return [...inputs, ...[...words].map(typedWord)];
}

/** Shows a request exactly as it is about to be sent. `text`: with the values in their places. */
export function askBeforeRequest(step: Step, command: Command, text: string): Question {
  return {
    title: `Send this request: “${step.title}”?`,
    text: 'This is exactly what is sent, with your values in it.',
    severity: 'info',
    commands: [{ ...command, text, placeholders: [], hidden: [] }],
    inputs: [],
    implied: [ACKNOWLEDGED.request],
    confirmLabel: 'Send',
    confirmStyle: 'primary',
  };
}
