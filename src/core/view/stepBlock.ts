import { latestProbe } from '../checks/checkSteps.ts';
import { consentOf, lackWords } from '../run/consent.ts';
import { groupOf, mayStartBeside } from '../run/beside.ts';
import { latestExecution } from '../run/derived.ts';
import type { ExecutionState, RunState, StepRecord } from '../run/state.ts';
import { knownValues } from '../run/knownValues.ts';
import { capturedNames } from '../runbook/captureNames.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import type { Access } from './access.ts';
import { backupView } from './backupView.ts';
import { commandView, unheardWords } from './command.ts';
import type { ViewInput } from './input.ts';
import { changeWords } from './driftWords.ts';
import { differenceView } from './difference.ts';
import { renderInline } from './markdown.ts';
import { Memo } from './memo.ts';
import type { Progress } from './progress.ts';
import type { ReviewWordView } from './review/reviewView.ts';
import { subjectKey } from '../run/evolveTime.ts';
import { soakView } from './soakView.ts';
import { stepActions } from './stepActions.ts';
import { byWords, messageOf, statusWords, type StepFacts, tagsOf, timeoutOf } from './stepWords.ts';
import type { StepBlockView } from './viewModel.ts';
import { quoted } from './words.ts';

const kept = new Memo<Step, StepBlockView>();
const titles = new Memo<Step, string>();

/** What all steps of one view are drawn with. */
export interface StepContext {
  readonly input: ViewInput;
  readonly progress: Progress;
  readonly access: Access;
  /** What reviewers said, by step. */
  readonly said: ReadonlyMap<string, readonly ReviewWordView[]>;
}

/** A step as it stands now; the same object as before when nothing about it has changed. */
export function stepBlock(step: Step, { input, progress, access, said: saidOfSteps }: StepContext): StepBlockView {
  const record = progress.record(step.id);
  const executions = executionsOf(input.state, record);
  const shownStatus = progress.status(step);
  const waits = progress.waits(step);
  const consent = consentOf(input.state, step);
  const waitsForConsent = progress.waitsForConsent(step);
  const unskippable = progress.unskippable(step);
  const ownStatus = progress.ownStatus(step);
  const children = progress.ofChildren(step);
  const notTaken = progress.notTaken(step);
  const isNext = progress.next?.id === step.id;
  const change = input.drift.steps.get(step.id) ?? null;
  const changeTag = change === null ? null : changeWords(input.state, { kind: 'step', stepId: step.id }, change);
  const inRun = input.state !== null && input.state.ended === null;
  const last = executions.at(-1) ?? null;
  const probe = latestProbe(input.state, record);
  const running = last !== null && last.outcome === null ? last : probe?.outcome === null ? probe : null;
  const repetition = input.repetition?.owner.kind === 'step' && input.repetition.owner.stepId === step.id ? input.repetition : null;
  const group = step.parallel === null ? [] : groupOf(input.runbook, step.parallel);
  const companions = Math.max(0, group.length - 1);
  const endsGroup = group.at(-1)?.id === step.id && group.every((each) => isOver(progress.ownStatus(each)));
  const ownAccess = step.commands.length > 0 && input.state !== null && mayStartBeside(input.runbook, input.state, step) ? { ...access, run: access.runBeside } : access;
  const live = running === null ? null : (input.liveOutput.get(running.executionId) ?? null);
  const unheard = running === null ? null : unheardWords(input, running);
  const unfilled = unfilledOf(step, input.state, input.runbook);
  const past = input.pastDurations.get(step.id) ?? null;
  const said = saidOfSteps.get(step.id) ?? null;
  const overrun = input.state?.overruns.get(subjectKey({ kind: 'step', stepId: step.id })) ?? null;
  const soak = step.soak === undefined ? null : soakView({ kind: 'step', stepId: step.id }, input, access);
  const backups = step.commands.map(({ options }, index) => (options.backup === undefined ? null : backupView(input, options, notStartedIn(ownStatus) ? null : latestExecution(input.state, step.id, index))));
  const { me, formatTime } = input;
  const from = [
    record, ...executions, probe, repetition, live, unheard, shownStatus, ownStatus, waits, waitsForConsent, unskippable, consent === null ? null : lackWords(consent) + consent.given.map(({ name }) => name).join('\n'), children.done, notTaken, isNext, change?.kind, change?.sha256, changeTag?.text, inRun,
    access.record, ownAccess.run, access.stop, companions, endsGroup, unfilled.join('\n'), past?.lastMs, me, formatTime, said === null ? null : JSON.stringify(said), soak === null ? null : JSON.stringify(soak), overrun, backups.some((each) => each !== null) ? JSON.stringify(backups) : null,
  ];
  return kept.get(step, from, () => {
    // A check that runs out of its order leaves its status as it is.
    const status = running !== null && running === probe ? 'running' : shownStatus;
    const facts: StepFacts = { step, status, record, last: status === 'running' && running !== null ? running : last, probe, repetition, children, notTaken, companions, endsGroup, waits, waitsForConsent, consent, changeTag, unfilled, past, overrun, me, formatTime };
    const isParent = progress.isDerived(step);
    return {
      kind: 'step',
      key: `step:${step.id}`,
      line: step.line,
      stepId: step.id,
      stepKind: step.kind,
      titleHtml: titles.get(step, [], () => renderInline(step.titleMarkdown)),
      title: step.title,
      indent: progress.tree.depthOf(step.id),
      ordinal: step.ordinal,
      status,
      statusWords: statusWords(facts),
      by: byWords(facts),
      runningSince: running?.startedAt ?? null,
      timeoutSeconds: running === null ? null : timeoutOf(step),
      isNext,
      aside: step.aside,
      tags: tagsOf(facts),
      commands: step.commands.map((command, index) => {
        const execution = probe ?? latestExecution(input.state, step.id, index);
        const backup = backups[index] ?? null;
        return { ...(execution === running ? commandView(command, execution, live, unheard) : commandView(command, execution, null)), ...(backup === null ? {} : { backup }) };
      }),
      difference: change === null || change.difference.length === 0 ? null : differenceView(change.difference),
      actions: stepActions({ step, status: ownStatus, record, running, repeats: repetition !== null, isNext, isParent, isSettled: status === 'done' || status === 'skipped' || status === 'background', waits, waitsForConsent, mayStop: waitsForConsent || progress.waitOf(step)?.kind === 'soak', unskippable, inRun, access: ownAccess }),
      message: messageOf(facts),
      tickable: isTickable(step, ownStatus, record) && inRun && !isParent && access.record === null && waits === null,
      tickLabel: tickLabel(step, status),
      ...(soak === null ? {} : { soak }),
      ...(said === null ? {} : { said }),
    };
  });
}

/** Nothing of what it was given before counts any more. */
function notStartedIn(status: StepBlockView['status']): boolean {
  return status === 'open' || status === 'failed';
}

function isOver(status: StepBlockView['status']): boolean {
  return status === 'done' || status === 'skipped';
}

/** Names of placeholders in a step's commands that have no value yet. */
export function unfilledOf(step: Pick<Step, 'commands'>, state: RunState | null, runbook: Runbook): readonly string[] {
  const known = knownValues(state);
  const later = capturedNames(runbook);
  const isAsked = (name: string): boolean => !known.has(name) && !later.has(name) && !isAskedAtStart(runbook, state, name);
  const names = step.commands.flatMap((command) => command.placeholders.map((placeholder) => placeholder.name));
  return [...new Set(names)].filter(isAsked);
}

/** An input fills the placeholder of its name; a secret one does so without being in the state. */
function isAskedAtStart({ frontMatter }: Runbook, state: RunState | null, name: string): boolean {
  if (state !== null) return state.setup?.secrets.includes(name) === true;
  return frontMatter.setup?.inputs.some((input) => input.name === name && (input.required || input.default !== null)) === true;
}

function executionsOf(state: RunState | null, record: StepRecord | null): readonly ExecutionState[] {
  return (record?.executionIds ?? []).flatMap((id) => state?.executions.get(id) ?? []);
}

/** A tick can be set, or taken back when it was one. */
function isTickable(step: Step, status: StepBlockView['status'], record: StepRecord | null): boolean {
  if (step.commands.length > 0 || step.kind === 'gate') return false;
  return status === 'open' || (status === 'done' && record?.doneBy === 'tick');
}

function tickLabel(step: Step, status: StepBlockView['status']): string {
  const verb = step.kind === 'attestation' ? ['Sign off', 'Take back'] : ['Tick', 'Untick'];
  return `${status === 'done' ? verb[1] : verb[0]} ${quoted(step.title)}`;
}
