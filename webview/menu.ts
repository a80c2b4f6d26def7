import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ActionView } from '../src/core/view/viewModel.ts';
import { button } from './controls.ts';
import { perform, type Drawing } from './drawing.ts';
import { icon } from './icon.ts';

export interface MenuState {
  readonly open: boolean;
  /** @param focus where the keyboard goes: into the menu, back to its button, or nowhere */
  readonly set: (open: boolean, focus: 'first' | 'last' | 'button' | null) => void;
  readonly showKeys: () => void;
}

/** The other actions of the run. On narrow panels it holds those of the title row too. */
export function menu(actions: readonly ActionView[], inline: readonly ActionView[], drawing: Drawing, state: MenuState): TemplateResult {
  return html`<div class="menu" @keydown=${(event: KeyboardEvent) => keys(event, state)}>
    ${button({
      id: 'menu',
      label: 'More actions',
      icon: 'ellipsis',
      iconOnly: true,
      style: 'quiet',
      popup: { expanded: state.open },
      onClick: (event) => {
        event.stopPropagation();
        state.set(!state.open, state.open ? 'button' : 'first');
      },
    })}
    ${state.open
      ? html`<div class="menu-items" role="menu" aria-label="More actions">
          ${actions.map((action) => item(action, inline.includes(action), drawing, state))}
          ${actions.length > 0 ? html`<hr />` : nothing}
          <button type="button" role="menuitem" tabindex="-1" @click=${() => (state.set(false, null), state.showKeys())}>${icon('keyboard')}<span>Keyboard</span><kbd>?</kbd></button>
        </div>`
      : nothing}
  </div>`;
}

function item(action: ActionView, inline: boolean, drawing: Drawing, state: MenuState): TemplateResult {
  return html`<button
    type="button"
    role="menuitem"
    tabindex="-1"
    class="${inline ? 'also-inline' : ''} ${action.style === 'danger' ? 'danger' : ''}"
    data-button=${action.id}
    aria-disabled=${action.disabledBecause === null ? nothing : 'true'}
    @click=${(event: Event) => {
      perform(drawing, action, event);
      if (action.disabledBecause === null) state.set(false, 'button');
    }}
  >
    ${icon(action.icon ?? 'blank')}<span>${action.label}${action.disabledBecause === null ? nothing : html`<small>${action.disabledBecause}</small>`}</span>${action.key === null
      ? nothing
      : html`<kbd>${action.key}</kbd>`}
  </button>`;
}

function keys(event: KeyboardEvent, state: MenuState): void {
  const opens = event.key === 'ArrowDown' || event.key === 'ArrowUp';
  if (!state.open) {
    if (opens) {
      event.preventDefault();
      state.set(true, event.key === 'ArrowDown' ? 'first' : 'last');
    }
    return;
  }
  const items = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=menuitem]')].filter((element) => element.offsetParent !== null);
  const at = items.findIndex((element) => element === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to >= items.length ? 0 : to)?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    if (event.key === 'Escape') event.preventDefault();
    event.stopPropagation();
    state.set(false, 'button');
  }
}
