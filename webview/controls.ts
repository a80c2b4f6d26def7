import { forgetStyleNonce } from './styleNonce.ts';
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox, vsCodeTextField } from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from './icon.ts';

/*
 * The only file that knows the toolkit. It is archived upstream: whatever
 * takes its place goes in here and nowhere else.
 */

/** Makes the elements known. Once, before the first drawing. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeTextField());
  forgetStyleNonce();
}

export interface ButtonOptions {
  readonly label: string;
  readonly icon?: string | null;
  readonly style?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** Shows the icon alone; the label stays as its name. */
  readonly iconOnly?: boolean;
  /** The button stays reachable and says why. */
  readonly disabledBecause?: string | null;
  /** Name for a screen reader when the label alone is not enough. */
  readonly name?: string;
  /** For tests and for finding the button again after a change. */
  readonly id?: string;
  readonly key?: string | null;
  readonly popup?: { readonly expanded: boolean };
  /** A second line in small print. */
  readonly detail?: string | TemplateResult;
  readonly extraClass?: string;
  readonly onClick: (event: Event) => void;
}

/**
 * A button. A disabled one keeps its place in the tab order, because a person
 * who cannot see it has to be able to find out why it does nothing.
 */
export function button(options: ButtonOptions): TemplateResult {
  const because = options.disabledBecause ?? null;
  const style = options.style ?? 'secondary';
  const name = [options.name ?? options.label, because === null ? null : `not available: ${because}`].filter((part) => part !== null).join(', ');
  const title = because ?? (options.iconOnly ? options.label + (options.key ? ` (${options.key})` : '') : options.key ? `${options.label} (${options.key})` : null);
  return html`<vscode-button
    class="button ${style} ${options.extraClass ?? ''} ${because === null ? '' : 'off'} ${options.iconOnly ? 'icon-only' : ''}"
    appearance=${style === 'primary' || style === 'danger' ? 'primary' : 'secondary'}
    data-button=${options.id ?? nothing}
    aria-label=${name}
    aria-disabled=${because === null ? nothing : 'true'}
    aria-haspopup=${options.popup ? 'menu' : nothing}
    aria-expanded=${options.popup ? String(options.popup.expanded) : nothing}
    title=${title ?? nothing}
    @click=${options.onClick}
    >${options.icon ? icon(options.icon) : nothing}${options.iconOnly
      ? nothing
      : html`<b class="label">${options.label}</b> ${options.detail ? html`<small class="detail">${options.detail}</small>` : nothing}`}</vscode-button
  >`;
}

export interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly error: string | null;
  /** Small words below: what it is for, what it has to look like. */
  readonly hint?: string | undefined;
  readonly onInput: (value: string) => void;
}

/** What a field is called for ears: its label, and what is wrong with it. */
export function spokenLabel({ label, error }: Pick<FieldOptions, 'label' | 'error'>): string {
  return error ? `${label}. ${error}` : label;
}

/** The words below a field. */
export function fieldWords({ hint, error }: Pick<FieldOptions, 'hint' | 'error'>): TemplateResult {
  return html`${hint ? html`<p class="hint">${hint}</p>` : nothing}${error ? html`<p class="error">${icon('error')}${error}</p>` : nothing}`;
}

/** A one-line text field with its label and what is wrong with it. */
export function textField(options: FieldOptions): TemplateResult {
  return html`<div class="field ${options.error ? 'wrong' : ''}">
    <vscode-text-field
      data-input=${options.name}
      .value=${options.value}
      ?required=${options.required}
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${options.error ? 'true' : 'false'}
      aria-label=${spokenLabel(options)}
      @input=${(event: Event) => options.onInput((event.target as HTMLInputElement).value)}
      >${options.label}</vscode-text-field
    >${fieldWords(options)}
  </div>`;
}

/** A box to tick, for acknowledgements. */
export function checkbox(options: Omit<FieldOptions, 'onInput' | 'value'> & { readonly checked: boolean; readonly onChange: (checked: boolean) => void }): TemplateResult {
  return html`<div class="field ${options.error ? 'wrong' : ''}">
    <vscode-checkbox
      data-input=${options.name}
      ?checked=${options.checked}
      aria-label=${spokenLabel(options)}
      @change=${(event: Event) => options.onChange((event.target as HTMLInputElement).checked)}
      >${options.label}</vscode-checkbox
    >${fieldWords(options)}
  </div>`;
}
