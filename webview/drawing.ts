import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RollbackView } from '../src/core/view/rollbackViewModel.ts';
import type { ActionView } from '../src/core/view/viewModel.ts';
import type { PanelMessage } from '../src/protocol/messages.ts';
import { isDeliberate, messageOf } from './actions.ts';
import { button } from './controls.ts';

/** What templates may do. Handed to each, so that none knows of the page or the host. */
export interface Drawing {
  /** The revision that a person sees. */
  readonly revision: () => number;
  readonly post: (message: PanelMessage) => void;
  /** Tells a screen reader, and shows for a moment. */
  readonly say: (text: string) => void;
  readonly copy: (text: string, what: string) => void;
  /** Moves the keyboard to the rollback levels. */
  readonly toDock: () => void;
  /** Moves the keyboard to a step. */
  readonly toStep: (stepId: string) => void;
  /** Texts of a step's commands, for its copy action. */
  readonly commandsOf: (stepId: string) => string;
}

/** Does what an action says, or says why not. */
export function perform(drawing: Drawing, action: ActionView, event: Event, rollback: Pick<RollbackView, 'level' | 'planId'> | null = null): void {
  event.stopPropagation();
  if (!isDeliberate(event)) return;
  if (action.disabledBecause !== null) {
    drawing.say(`${action.label} is not available: ${action.disabledBecause}`);
    return;
  }
  if (action.id === 'copy' && action.stepId !== null) {
    drawing.copy(drawing.commandsOf(action.stepId), 'Commands');
    return;
  }
  const message = messageOf(action, drawing.revision(), rollback);
  if (message) drawing.post(message);
  else drawing.toDock();
}

/** The button of an action. `context` completes its name for those who hear it alone. */
export function actionButton(drawing: Drawing, action: ActionView, options: { readonly context?: string; readonly iconOnly?: boolean; readonly rollback?: Pick<RollbackView, 'level' | 'planId'> } = {}): TemplateResult {
  return button({
    id: action.id,
    label: action.label,
    icon: action.icon,
    style: action.style,
    iconOnly: options.iconOnly === true && action.icon !== null,
    disabledBecause: action.disabledBecause,
    key: action.key,
    ...(options.context === undefined ? {} : { name: `${action.label}: ${options.context}` }),
    onClick: (event) => perform(drawing, action, event, options.rollback ?? null),
  });
}

/** Helps that need no word of their own beside what the step is for. */
const ASIDE: ReadonlySet<string> = new Set(['copy', 'revealSource']);

/** A row of buttons; a button stays the same element while its action stays. */
export function actionRow(drawing: Drawing, actions: readonly ActionView[], context: string): TemplateResult | typeof nothing {
  if (actions.length === 0) return nothing;
  const because = actions.find((action) => action.style === 'primary' && action.disabledBecause !== null)?.disabledBecause;
  return html`<div class="actions" role="group" aria-label=${`Actions: ${context}`}>
    ${repeat(
      actions,
      (action) => action.id,
      (action) => actionButton(drawing, action, { context, iconOnly: ASIDE.has(action.id) }),
    )}${because ? html`<span class="because">${because}</span>` : nothing}
  </div>`;
}
