import { html, type TemplateResult } from 'lit/html.js';
import { type FieldOptions, fieldWords, spokenLabel } from './controls.ts';

/** A field whose characters are not shown. The browser's own: the toolkit's writes what is typed into an attribute of the page. */
export function secretField(options: FieldOptions): TemplateResult {
  const id = `secret-${options.name}`;
  return html`<div class="field ${options.error ? 'wrong' : ''}">
    <label for=${id}>${options.label}</label>
    <input
      id=${id}
      type="password"
      data-input=${options.name}
      .value=${options.value}
      ?required=${options.required}
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${options.error ? 'true' : 'false'}
      aria-label=${spokenLabel(options)}
      @input=${(event: Event) => options.onInput((event.target as HTMLInputElement).value)}
    />
    ${fieldWords(options)}
  </div>`;
}
