import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { DifferenceView } from '../src/core/view/viewModel.ts';
import { segments } from './commandText.ts';

export interface DifferenceContext {
  /** What was edited, for names. */
  readonly owner: string;
  /** Shown at once, unless it is large. */
  readonly open: boolean;
  /** In the tab order. */
  readonly tabbable: boolean;
}

/** What each sign says to those who do not see it. */
const SPOKEN = { '-': 'removed: ', '+': 'added: ', ' ': '' } as const;
const CLASS = { '-': 'removed', '+': 'added', ' ': 'same' } as const;

/** What was edited, line by line: with signs, so that colour is not needed. */
export function differenceBox(view: DifferenceView, { owner, open, tabbable }: DifferenceContext): TemplateResult {
  return html`<details class="difference" ?open=${open && !view.isLarge}>
    <summary tabindex=${tabbable ? '0' : '-1'}>Show difference<span class="sr"> of ${owner}</span> <span class="dim">(${view.words})</span></summary>
    <div class="difference-lines" role="region" aria-label=${`Difference of ${owner}`} tabindex=${tabbable ? '0' : '-1'}>${guard([view], () => view.lines.map(line))}</div>
  </details>`;
}

function line({ sign, text }: DifferenceView['lines'][number]): TemplateResult {
  return html`<div class="difference-line ${CLASS[sign]}"><i aria-hidden="true">${sign}</i>${sign === ' ' ? nothing : html`<span class="sr">${SPOKEN[sign]}</span>`}<span class="words">${exact(text)}</span></div>`;
}

/** Characters that cannot be seen, or that move others about, are drawn as their code points here too. */
function exact(text: string): readonly (TemplateResult | string)[] {
  return segments(text, { placeholders: [], hidden: [] }).map((part) => (part.hidden === null ? part.text : html`<span class="hidden-character" title=${part.hidden.name}>${part.hidden.shown}</span>`));
}
