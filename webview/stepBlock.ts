import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ActionView, StepBlockView } from '../src/core/view/viewModel.ts';
import { isDeliberate } from './actions.ts';
import { commandBlock } from './commandBlock.ts';
import { differenceBox } from './difference.ts';
import { actionButton, actionRow, type Drawing } from './drawing.ts';
import { icon, severityIcon } from './icon.ts';
import { prose } from './prose.ts';
import { soakLine } from './soak.ts';
import { reviewWords } from './reviewWords.ts';
import { rightWords, statusIcon } from './statusLook.ts';
import { stepHistory } from './stepHistory.ts';
import { ticker } from './ticker.ts';

export interface StepContext {
  readonly drawing: Drawing;
  /** The keyboard is, or would arrive, here. */
  readonly current: boolean;
  /** Pointer or keyboard is here: its actions are shown. */
  readonly revealed: boolean;
  readonly live: ReadonlyMap<number, string>;
  /** Shows the actions and moves the keyboard to the first. */
  readonly openActions: () => void;
}

/** Steps whose actions are always in sight. */
export function isActive(block: StepBlockView): boolean {
  // What is only looked at has nothing that has to be done.
  if (block.review !== undefined) return false;
  // What runs in the background can always be stopped.
  if (block.status === 'background') return block.runningSince !== null;
  return block.isNext || block.status === 'running' || block.status === 'failed' || block.status === 'unknown';
}

/** A step: its state, its words, what it runs and what can be done. */
export function stepBlock(block: StepBlockView, context: StepContext): TemplateResult {
  const active = isActive(block) && block.actions.length > 0;
  const gate = block.stepKind === 'gate' && (block.isNext || block.actions.some((action) => action.id === 'go'));
  const words = rightWords(block);
  const said = [words, block.by].join(' ');
  return html`<div
    class="step status-${block.status} kind-${block.stepKind} ${block.isNext || block.status === 'running' ? 'now' : ''} ${block.aside ? 'aside' : ''} ${gate ? 'gate' : ''}"
    role="group"
    aria-label=${`${block.ordinal === null ? '' : `${block.ordinal}. `}${block.title}: ${block.statusWords}${block.isNext ? ', next' : ''}`}
    tabindex=${context.current ? '0' : '-1'}
    data-row
  >
    <div class="mark">${block.tickable ? tick(block, context) : statusIcon(block)}</div>
    <div class="body">
      <div class="row">
        <div class="title">${block.ordinal === null ? nothing : html`<span class="ordinal">${block.ordinal}.</span>`}${prose(block.titleHtml, 'span', 't')}${tags(block)}<span class="sr">, ${block.statusWords}</span></div>
        ${active || block.actions.length === 0 ? nothing : quietActions(block, context)}
        ${words === '' && block.runningSince === null
          ? nothing
          : html`<div class="by">${words}${block.runningSince === null ? nothing : html` · ${ticker('step', block.runningSince, null, block.timeoutSeconds)}`}</div>`}
      </div>
      ${block.commands.map((command, index) => commandBlock(command, { drawing: context.drawing, owner: block.title, tabbable: context.current, live: context.live.get(index), said: block.commands.length === 1 ? said : '' }))}
      ${block.difference === null ? nothing : differenceBox(block.difference, { owner: block.title, open: false, tabbable: context.current })}
      ${block.message === null ? nothing : html`<p class="message tone-${block.message.severity}">${severityIcon(block.message.severity)}<span>${block.message.text}</span></p>`}
      ${soakLine(block.soak, block.title, context.drawing)}
      ${block.review === undefined ? nothing : stepHistory(block.review.history, block.title, context)}
      ${reviewWords(block.said ?? [], `Review of ${block.title}`)}
      ${active ? actionRow(context.drawing, withoutTick(block), block.title) : nothing}
    </div>
  </div>`;
}

function tags(block: StepBlockView): TemplateResult {
  return html`${block.tags.map((tag) => html`<span class="tag tone-${tag.tone}">${tag.text}</span>`)}`;
}

/** The box of a manual step. */
function tick(block: StepBlockView, { drawing, current }: StepContext): TemplateResult {
  const checked = block.status === 'done' ? 'true' : block.status === 'partly' ? 'mixed' : 'false';
  return html`<button
    type="button"
    class="tick"
    role="checkbox"
    aria-checked=${checked}
    aria-label=${block.tickLabel || block.title}
    tabindex=${current || block.isNext ? '0' : '-1'}
    @click=${(event: Event) => {
      if (isDeliberate(event)) drawing.post({ type: 'step', action: checked === 'true' ? 'untick' : 'tick', stepId: block.stepId, revision: drawing.revision() });
    }}
  >
    ${checked === 'false' ? html`<i class="box" aria-hidden="true"></i>` : icon(checked === 'mixed' ? 'color-mode' : 'check', `status-${block.status}`)}
  </button>`;
}

/** The box does the ticking; a button for the same beside it would be one too many, unless it is the next thing to do. */
function withoutTick(block: StepBlockView): readonly ActionView[] {
  return block.tickable && !block.isNext ? block.actions.filter((action) => action.id !== 'tick' && action.id !== 'untick') : block.actions;
}

/**
 * The actions of a step that is not in the foreground: one plain button that
 * every reader finds, and the real buttons once the row is pointed at.
 */
function quietActions(block: StepBlockView, context: StepContext): TemplateResult {
  const actions = withoutTick(block);
  if (actions.length === 0) return html`${nothing}`;
  return html`<div class="more">
    <button type="button" class="reveal" tabindex="-1" aria-expanded=${String(context.revealed)} aria-label=${`Actions: ${block.title}`} title="Actions" @click=${context.openActions}>${icon('ellipsis')}</button>
    ${context.revealed
      ? html`<div class="actions floating" role="group" aria-label=${`Actions: ${block.title}`}>
          ${repeat(
            actions,
            (action) => action.id,
            (action) => actionButton(context.drawing, action, { context: block.title, iconOnly: action.style === 'quiet' }),
          )}
        </div>`
      : nothing}
  </div>`;
}
