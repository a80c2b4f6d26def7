import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import { isUndoOfStarted } from '../src/core/view/isUndo.ts';
import type { RollbackCommandView, RollbackView } from '../src/core/view/rollbackViewModel.ts';
import { backupNote } from './backupNote.ts';
import { commandBlock } from './commandBlock.ts';
import { differenceBox } from './difference.ts';
import { actionButton, type Drawing } from './drawing.ts';
import { icon, severityIcon } from './icon.ts';
import { prose } from './prose.ts';
import { commandMark } from './statusLook.ts';
import { ticker } from './ticker.ts';

/** The same for practice, which is never called a rollback. */
const REHEARSAL: Readonly<Record<RollbackView['phase'], string>> = { plan: 'Rehearsal, nothing has run', running: 'Rehearsing', succeeded: 'Rehearsed', failed: 'Rehearsal failed', unknown: 'Outcome unknown' };

const PHASE: Readonly<Record<RollbackView['phase'], { readonly words: string; readonly icon: string; readonly tone: string }>> = {
  plan: { words: 'Plan, nothing has run', icon: 'discard', tone: '' },
  running: { words: 'Rolling back', icon: 'loading', tone: 'status-running codicon-modifier-spin' },
  succeeded: { words: 'Rolled back', icon: 'check', tone: 'status-done' },
  failed: { words: 'Rollback failed', icon: 'error', tone: 'status-failed' },
  unknown: { words: 'Outcome unknown', icon: 'question', tone: 'status-unknown' },
};

/** Whether Esc may put it away: only when the host offers that, so a rollback in progress stays in sight. */
export function isClosable(view: RollbackView): boolean {
  return view.phase !== 'running' && view.actions.some((action) => action.id === 'closeRollback' && action.disabledBecause === null);
}

/**
 * The plan of a level, and the same sheet while it runs and when it has ended.
 * What cannot be taken back stands above the commands: below them it would be out of sight when one decides.
 */
export function rollbackSheet(view: RollbackView, drawing: Drawing): TemplateResult {
  const phase = PHASE[view.phase];
  return html`<div class="sheet-head">
      ${icon(view.rehearsal !== undefined && view.phase === 'plan' ? 'beaker' : phase.icon, phase.tone)}
      <h2 id="rollback-title" tabindex="-1" data-first>${isUndoOfStarted(view.level) ? view.title : `${view.rehearsal === undefined ? 'Roll back' : 'Rehearse'} · level ${view.level}: ${view.title}`}</h2>
      <span class="phase">${view.rehearsal === undefined ? phase.words : REHEARSAL[view.phase]}</span>
      ${budget(view)}
    </div>
    <div class="sheet-body" tabindex="0" role="region" aria-label=${view.rehearsal === undefined ? 'Rollback plan' : 'Rehearsal plan'}>
      ${view.rehearsal === undefined ? nothing : html`<p class="message tone-info">${severityIcon('info')}<span>${view.rehearsal}</span></p>`}
      ${view.rehearsed === undefined || view.phase !== 'plan' ? nothing : html`<p class="dim">This level was ${view.rehearsed.words} ${ticker('age', view.rehearsed.at, null, null)}${view.rehearsed.stale === null ? '' : `; ${view.rehearsed.stale}`}.</p>`}
      ${view.message === null ? nothing : html`<p class="message tone-${view.message.severity}">${severityIcon(view.message.severity)}<span>${view.message.text}</span></p>`}
      ${(view.backups ?? []).map(backupNote)}
      ${view.difference === null ? nothing : html`<h3 class="tone-warning">${icon('warning')}${isUndoOfStarted(view.level) ? 'Undo blocks were' : 'This level was'} edited after the run started</h3>${differenceBox(view.difference, { owner: `level ${view.level}`, open: true, tabbable: true })}`}
      ${(view.lists ?? []).map(({ heading, items }) => list(heading, items.map((item) => html`${item}`), 'tone-warning'))}
      <h3>${view.phase !== 'plan' || view.rehearsal !== undefined ? 'Commands in this order' : 'Runs these commands in this order'}</h3>
      ${view.commands.length === 0 ? html`<p class="dim">No commands.</p>` : html`<ol class="plan">${view.commands.map((command, index) => planned(command, index, view, drawing))}</ol>`}
      ${list('What stays and what is not undone', view.notUndoneHtml.map((text) => prose(text, 'div', 'prose')), 'tone-warning')}
      ${list('Steps that started and are affected', view.started.map((title) => html`${title}`), '')}
    </div>
    <div class="sheet-foot" role="group" aria-label=${view.rehearsal === undefined ? 'Rollback actions' : 'Rehearsal actions'}>
      ${repeat(
        view.actions,
        (action) => `${action.id}${action.level ?? ''}`,
        (action) => actionButton(drawing, action, { rollback: { level: action.level ?? view.level, planId: view.planId } }),
      )}
    </div>`;
}

function budget(view: RollbackView): TemplateResult | typeof nothing {
  if (view.startedAt !== null) return html`<span class="budget">${ticker('budget', view.startedAt, view.endedAt, view.budgetSeconds)}</span>`;
  return view.budgetWords === null ? nothing : html`<span class="budget">budget ${view.budgetWords}</span>`;
}

function planned(command: RollbackCommandView, index: number, view: RollbackView, drawing: Drawing): TemplateResult {
  const purpose = command.purpose === 'undo' ? 'Undo' : 'Verify';
  return html`<li class="state-${command.state}">
    <p class="purpose">${view.phase === 'plan' || command.shownOnly ? nothing : commandMark(command.state)}<b>${index + 1}. ${purpose}</b>${view.rehearsal === undefined ? nothing : html`<span>${command.shownOnly ? 'only shown, not run' : view.phase === 'plan' ? 'is run' : nothing}</span>`}${command.label === undefined ? nothing : html`<span>${command.label}</span>`}${command.result === null ? nothing : html`<span>${command.result}</span>`}</p>
    ${commandBlock(command, { drawing, owner: `${purpose} ${index + 1}`, tabbable: true, said: command.result ?? '' })}
  </li>`;
}

function list(title: string, items: readonly TemplateResult[], tone: string): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<h3 class=${tone}>${tone === '' ? nothing : icon('warning')}${title}</h3>
    <ul class="plain-list">
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`;
}
