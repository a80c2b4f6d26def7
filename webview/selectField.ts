import { html, type TemplateResult } from 'lit/html.js';
import { type FieldOptions, fieldWords, spokenLabel } from './controls.ts';

/** A list to choose one from, with its label and what is wrong with it. The browser's own: it is known to every keyboard and screen reader. */
export function selectField(options: FieldOptions & { readonly choices: readonly string[] }): TemplateResult {
  const id = `select-${options.name}`;
  return html`<div class="field ${options.error ? 'wrong' : ''}">
    <label for=${id}>${options.label}</label>
    <select
      id=${id}
      data-input=${options.name}
      ?required=${options.required}
      aria-invalid=${options.error ? 'true' : 'false'}
      aria-label=${spokenLabel(options)}
      @change=${(event: Event) => options.onInput((event.target as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${options.value === ''}>${options.required ? '(choose)' : '(none)'}</option>
      ${options.choices.map((choice) => html`<option value=${choice} ?selected=${options.value === choice}>${choice}</option>`)}
    </select>
    ${fieldWords(options)}
  </div>`;
}
