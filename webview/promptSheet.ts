import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PromptInput, PromptView } from '../src/core/view/viewModel.ts';
import { isDeliberate } from './actions.ts';
import { checkList } from './checkList.ts';
import { commandBlock } from './commandBlock.ts';
import { harmless } from './commandText.ts';
import { button, checkbox, textField } from './controls.ts';
import { differenceBox } from './difference.ts';
import type { Drawing } from './drawing.ts';
import { severityIcon } from './icon.ts';
import { secretField } from './secretField.ts';
import { selectField } from './selectField.ts';

export interface PromptContext {
  readonly drawing: Drawing;
  readonly answers: ReadonlyMap<string, string>;
  readonly change: (name: string, value: string) => void;
  readonly confirm: () => void;
  readonly cancel: () => void;
}

/** What is missing before the answer can be given, or null. The host decides in the end. */
export function missing(prompt: PromptView, answers: ReadonlyMap<string, string>): string | null {
  for (const input of prompt.inputs) {
    const answer = answers.get(input.name) ?? '';
    if (input.kind === 'typed-word' && answer.trim() !== input.word) return `type “${input.word ?? ''}” first`;
    if (input.kind === 'acknowledge' && input.required && answer !== 'yes') return `tick “${input.label}” first`;
    if ((input.kind === 'text' || input.kind === 'secret') && input.required && answer.trim() === '') return `“${input.label}” is empty`;
    if (input.kind === 'choice' && input.required && answer === '') return `choose “${input.label}” first`;
  }
  return null;
}

/** A question: what it is about, what would run, what has to be filled in. */
export function promptSheet(prompt: PromptView, context: PromptContext): TemplateResult {
  const because = missing(prompt, context.answers);
  return html`<div class="dialog-body" @keydown=${(event: KeyboardEvent) => enter(event, context)}>
      <h2 id="prompt-title" tabindex="-1" data-first>${severityIcon(prompt.severity)}${prompt.title}</h2>
      ${prompt.text === '' ? nothing : html`<p class="prompt-text">${prompt.text}</p>`}
      ${prompt.checks === undefined ? nothing : checkList(prompt.checks)}
      ${(prompt.lists ?? []).map(({ heading, items }) => html`<h3>${heading}</h3><ul class="plain-list">${items.map((item) => html`<li>${harmless(item)}</li>`)}</ul>`)}
      ${prompt.difference === undefined ? nothing : differenceBox(prompt.difference, { owner: 'what was edited', open: true, tabbable: true })}
      ${prompt.commands.map((command, index) => commandBlock(command, { drawing: context.drawing, owner: `question, command ${index + 1}`, tabbable: true }))}
      ${repeat(
        prompt.inputs,
        (input) => input.name,
        (input) => field(input, context),
      )}
    </div>
    <footer class="sheet-foot">
      ${button({
        id: 'confirm',
        label: prompt.confirmLabel,
        style: prompt.confirmStyle,
        disabledBecause: because,
        onClick: (event) => {
          if (isDeliberate(event)) context.confirm();
        },
      })}
      ${button({ id: 'cancel', label: 'Cancel', onClick: context.cancel })}
      ${because === null ? nothing : html`<span class="because">${because}</span>`}
    </footer>`;
}

function field(input: PromptInput, context: PromptContext): TemplateResult {
  const value = context.answers.get(input.name) ?? '';
  const base = { name: input.name, required: input.required, error: input.error, hint: input.hint };
  if (input.kind === 'acknowledge') return checkbox({ ...base, label: input.label, checked: value === 'yes', onChange: (checked) => context.change(input.name, checked ? 'yes' : '') });
  if (input.kind === 'choice') return selectField({ ...base, label: input.label, value, choices: input.choices ?? [], onInput: (chosen) => context.change(input.name, chosen) });
  if (input.kind === 'secret') return secretField({ ...base, label: input.label, value, onInput: (typed) => context.change(input.name, typed) });
  return textField({ ...base, label: input.label, value, onInput: (typed) => context.change(input.name, typed) });
}

/** Enter in a text field confirms; anywhere else it does what has the keyboard. */
function enter(event: KeyboardEvent, context: PromptContext): void {
  if (event.key !== 'Enter' || event.isComposing || event.repeat) return;
  if (!(event.target instanceof Element) || !['vscode-text-field', 'input'].includes(event.target.localName)) return;
  event.preventDefault();
  context.confirm();
}
