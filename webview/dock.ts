import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import { isUndoOfStarted } from '../src/core/view/isUndo.ts';
import type { RehearsedView } from '../src/core/view/rollbackViewModel.ts';
import type { DockView, LevelButtonView } from '../src/core/view/viewModel.ts';
import { isDeliberate } from './actions.ts';
import { backupLine, backupName } from './backupNote.ts';
import { button } from './controls.ts';
import type { Drawing } from './drawing.ts';
import { icon } from './icon.ts';
import { ticker } from './ticker.ts';

const STATE: Readonly<Record<LevelButtonView['state'], { readonly icon: string; readonly words: string | null }>> = {
  ready: { icon: 'discard', words: null },
  running: { icon: 'loading', words: 'running' },
  unfinished: { icon: 'question', words: 'not finished' },
  succeeded: { icon: 'check', words: 'rolled back' },
  failed: { icon: 'error', words: 'failed' },
  empty: { icon: 'circle-slash', words: 'no commands' },
};

/** The rollback levels, always in sight. A press shows the plan and runs nothing. */
export function dock(view: DockView, drawing: Drawing): TemplateResult {
  const elsewhere = whereAll(view);
  return html`<div class="advice ${view.advice?.tone ?? 'plain'}">
      ${view.advice === null
        ? view.levels.length === 0
          ? html`<span>This runbook has no rollback levels.</span>`
          : html`<b>Roll back</b><span>${elsewhere === null ? 'A level shows its plan first.' : `A level opens in “${elsewhere}”, and shows its plan first.`}</span>`
        : html`<b>${view.advice.tone === 'warning' ? icon('warning', 'tone-warning') : nothing}${view.advice.title}</b><span title=${view.advice.detail}>${elsewhere === null ? '' : `Levels open in “${elsewhere}”. `}${view.advice.detail}</span>`}
    </div>
    <div class="levels">
      ${repeat(
        view.levels,
        (level) => `${level.in?.id ?? ''} ${String(level.level)}`,
        (level) => levelButton(level, drawing, elsewhere === null),
      )}
    </div>`;
}

/** The other runbook in which all levels stand; null when there are several, or none. */
function whereAll({ levels }: DockView): string | null {
  const [first] = levels;
  return first?.in !== undefined && levels.every((level) => level.in === undefined || level.in.id === first.in?.id) ? first.in.title : null;
}

/** @param saysWhere nothing beside it says in which runbook it stands */
function levelButton(level: LevelButtonView, drawing: Drawing, saysWhere: boolean): TemplateResult {
  const state = STATE[level.state];
  const isUndo = isUndoOfStarted(level.level);
  const detail = [state.words, level.detail, level.in === undefined || !saysWhere ? null : `in ${level.in.title}`].filter((part): part is string => part !== null && part !== '' && !(part === state.words && level.detail.includes(part))).join(' · ');
  const { rehearsed, backup } = level;
  const since = rehearsed === undefined ? '' : `${staleFirst(rehearsed)}${rehearsed.words}`;
  return button({
    id: `level-${level.level}${level.in === undefined ? '' : `-${level.in.id}`}`,
    label: isUndo ? level.title : `${level.level} · ${level.title}`,
    detail: rehearsed === undefined && backup === undefined ? detail : html`${detail}${backup === undefined ? nothing : backupLine(backup)}${rehearsed === undefined ? nothing : html`<span class="rehearsed ${rehearsed.stale === null ? '' : 'stale'}">${staleFirst(rehearsed)}${rehearsed.words} ${ticker('age', rehearsed.at, null, null)}</span>`}`,
    icon: state.icon,
    style: 'secondary',
    extraClass: `level ${level.advised ? 'advised' : ''} level-${level.state}`,
    disabledBecause: level.disabledBecause,
    // Holds the words that are seen, in their order: who speaks to the machine says those.
    name: `${isUndo ? '' : `Roll back, level ${level.level} · `}${[level.title, detail, backup === undefined ? '' : backupName(backup), level.in === undefined || saysWhere ? '' : `in ${level.in.title}`, since, level.advised ? 'advised' : ''].filter(Boolean).join(', ')}. Shows the plan`,
    onClick: (event) => {
      if (!isDeliberate(event)) return;
      if (level.disabledBecause !== null) drawing.say(`${isUndo ? level.title : `Level ${level.level}`} is not available: ${level.disabledBecause}`);
      else drawing.post(level.in === undefined ? { type: 'rollback', action: 'planRollback', level: level.level, planId: null, revision: drawing.revision() } : { type: 'member', member: level.in.id, level: level.level, revision: drawing.revision() });
    },
  });
}

/** Where room ends, what makes it worth less may not be what is cut off. */
function staleFirst({ stale }: RehearsedView): string {
  return stale === null ? '' : `${stale} · `;
}
