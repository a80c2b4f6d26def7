import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { OutlineItem } from '../src/core/view/viewModel.ts';
import { styles } from './cssom.ts';
import { icon } from './icon.ts';

const ICONS = { open: 'circle-large', active: 'circle-large-filled', done: 'check', failed: 'error', none: 'blank' } as const;
const WORDS = { open: 'open', active: 'in progress', done: 'done', failed: 'failed', none: '' } as const;

export interface OutlineContext {
  /** Section where the reader is. */
  readonly here: string | null;
  readonly narrow: boolean;
  readonly open: boolean;
  readonly goTo: (sectionId: string) => void;
  readonly toggle: (open: boolean) => void;
}

/** The phases and how far each is. On narrow panels a row that folds out. */
export function outline(items: readonly OutlineItem[], context: OutlineContext): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const list = html`<ul>
    ${items.map((item) => entry(item, context))}
  </ul>`;
  if (!context.narrow) return list;
  const here = items.find((item) => item.sectionId === context.here) ?? items.find((item) => item.status === 'active') ?? items[0];
  return html`<details .open=${context.open} @toggle=${(event: Event) => context.toggle((event.target as HTMLDetailsElement).open)}>
    <summary>${icon('list-tree')}<span class="words">${here?.title ?? 'Outline'}</span>${count(here)}</summary>
    ${list}
  </details>`;
}

function entry(item: OutlineItem, context: OutlineContext): TemplateResult {
  return html`<li>
    <button
      type="button"
      class="outline-item ${item.sectionId === context.here ? 'on' : ''} status-${item.status}"
      ${styles({ '--depth': String(Math.min(3, Math.max(0, item.depth - 2))) })}
      data-section=${item.sectionId}
      aria-current=${item.sectionId === context.here ? 'location' : nothing}
      title=${item.title}
      @click=${() => context.goTo(item.sectionId)}
    >
      ${icon(ICONS[item.status], `status-${item.status === 'active' ? 'running' : item.status}`)}<span class="words">${item.title}</span>${WORDS[item.status] === ''
        ? nothing
        : html`<span class="sr">, ${WORDS[item.status]}</span>`}${count(item)}
    </button>
  </li>`;
}

function count(item: OutlineItem | undefined): TemplateResult | typeof nothing {
  if (!item || item.total === 0) return nothing;
  return html`<b aria-hidden="true">${item.done}/${item.total}</b><span class="sr">, ${item.done} of ${item.total}</span>`;
}
