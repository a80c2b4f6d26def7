import { driftKey } from '../run/drift/acknowledge.ts';
import { type Change, hasDrift } from '../run/drift/compare.ts';
import { UNDO_LEVEL } from '../rollback/levelName.ts';
import type { DriftPart } from '../run/drift/content.ts';
import type { DriftSubject } from '../run/events.ts';
import type { RunState } from '../run/state.ts';
import type { ViewInput } from './input.ts';
import type { ActionView, NoticeView, StepBlockView } from './viewModel.ts';
import { counted, dotted } from './words.ts';

/** The small words beside what was edited since the run started (or was rebased). */
export function changeWords(state: RunState | null, subject: DriftSubject, { kind, sha256 }: Change<unknown>): StepBlockView['tags'][number] {
  const since = state?.rebases.length ? 'since the rebase' : 'since the run started';
  if (sha256 === null) return { text: `${kind} ${since}`, tone: 'plain' };
  const isRead = state?.acknowledgedDrift.has(driftKey(subject, sha256)) === true;
  return isRead ? { text: `${kind} ${since}, acknowledged`, tone: 'plain' } : { text: `${kind} ${since}`, tone: 'warning' };
}

/** What has become of the runbook during the run, with what can be done about it; null when it is the same. */
export function driftNotice(input: ViewInput): NoticeView | null {
  const { drift, isEdited, lockedBecause, state } = input;
  if (!isEdited && !hasDrift(drift)) return null;
  const actions = [
    action('rebaseRun', 'Rebase run…', 'git-merge', 'secondary', lockedBecause ?? (state === null || state.running.size === 0 ? null : 'A command is running.')),
    ...(drift.isKnown ? [action('showChanges', 'Show changes', 'diff', 'quiet', null)] : []),
  ];
  const since = state?.rebases.length ? 'it was rebased' : 'it started';
  const words = countedWords(input);
  const text = !drift.isKnown
    ? 'The text that this run started with is not known, so every command counts as changed and has to be read before it runs.'
    : words === ''
      ? `The runbook’s text is another than when this run started. No step and no rollback level is.`
      : `The runbook was edited during this run. Since ${since}: ${words}. What was edited has to be read before the run goes on there.`;
  return { id: 'changed', severity: words === '' && drift.isKnown ? 'info' : 'warning', text, actions: drift.isKnown ? actions : [], details: details(input) };
}

function countedWords({ drift }: ViewInput): string {
  const of = (kind: Change<unknown>['kind']): number => [...drift.steps.values()].filter((change) => change.kind === kind).length;
  return [
    [of('changed'), 'step changed', 'steps changed'] as const,
    [of('added'), 'step added', 'steps added'] as const,
    [drift.gone.length, 'step gone', 'steps gone'] as const,
    [of('moved'), 'step moved', 'steps moved'] as const,
    [drift.levels.size, 'rollback level changed', 'rollback levels changed'] as const,
    [drift.goneLevels.length, 'rollback level gone', 'rollback levels gone'] as const,
  ]
    .flatMap(([count, one, many]) => (count === 0 ? [] : [counted(count, one, many)]))
    .join(', ');
}

function details({ drift }: ViewInput): NoticeView['details'] {
  return [
    ...[...drift.levels.values()].map(({ now, kind, parts }) => ({ text: `${now.level === UNDO_LEVEL ? 'Undo blocks' : `Rollback level ${String(now.level)}, ${now.title}`}: ${partWords(kind, parts)}`, line: now.line })),
    ...drift.goneLevels.map(({ level, title }) => ({ text: `${level === UNDO_LEVEL ? 'Undo blocks' : `Rollback level ${String(level)}, ${title}`}: gone`, line: null })),
    ...[...drift.steps.values()].map(({ now, kind, parts, before }) => ({ text: `${now.title}: ${partWords(kind, parts)}${before !== null && before.title !== now.title ? ` (was “${before.title}”)` : ''}`, line: now.line })),
    ...drift.gone.map(({ title }) => ({ text: `${title}: gone`, line: null })),
  ];
}

const PART_WORDS: Readonly<Record<DriftPart, string>> = { title: 'title', attributes: 'attributes', commands: 'commands', text: 'text' };

function partWords(kind: Change<unknown>['kind'], parts: readonly DriftPart[]): string {
  if (kind !== 'changed') return kind;
  return dotted(['changed', parts.map((part) => PART_WORDS[part]).join(', ')]);
}

function action(id: ActionView['id'], label: string, icon: string, style: ActionView['style'], disabledBecause: string | null): ActionView {
  return { id, label, icon, style, stepId: null, disabledBecause, key: null };
}
