import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PackageMemberView, PackageView } from '../src/core/view/package/packageViewModel.ts';
import { isDeliberate } from './actions.ts';
import type { Drawing } from './drawing.ts';
import { icon } from './icon.ts';

const ICONS = { plain: 'circle-large', active: 'circle-large-filled', done: 'check', failed: 'error' } as const;
const LOOKS = { plain: 'open', active: 'running', done: 'done', failed: 'failed' } as const;

/** Whether the list is folded out, where there is no room for it at once. */
export interface PackageFold {
  readonly narrow: boolean;
  readonly open: boolean;
  readonly toggle: (open: boolean) => void;
}

/** The other runbooks of the package, with what became of each. A press opens one and starts nothing. */
export function packageList(view: PackageView | null, drawing: Drawing, { narrow, open, toggle }: PackageFold): TemplateResult | typeof nothing {
  if (view === null || view.members.length === 0) return nothing;
  const list = html`<ul>${repeat(view.members, ({ id }) => id, (member) => item(member, drawing))}</ul>`;
  const body = narrow ? html`<details .open=${open} @toggle=${(event: Event) => toggle((event.target as HTMLDetailsElement).open)}><summary>Package: ${view.members.length} more ${view.members.length === 1 ? 'runbook' : 'runbooks'}</summary>${list}</details>` : html`<b>Package</b>${list}`;
  return html`<nav class="package" aria-label="Package">${body}</nav>`;
}

function item(member: PackageMemberView, drawing: Drawing): TemplateResult {
  const { id, title, words, tone, disabledBecause } = member;
  return html`<li>
    <button
      type="button"
      class="member ${tone}"
      data-member=${id}
      title=${`${title}: ${words}`}
      aria-disabled=${disabledBecause === null ? nothing : 'true'}
      aria-label=${`Open ${title}: ${words}`}
      @click=${(event: Event) => {
        if (!isDeliberate(event)) return;
        if (disabledBecause === null) drawing.post({ type: 'member', member: id, level: null, revision: drawing.revision() });
        else drawing.say(`${title} cannot be opened: ${disabledBecause}`);
      }}
    >
      ${icon(ICONS[tone], `status-${LOOKS[tone]}`)}<span class="member-title">${title}</span> <span class="member-words">${words}</span>
    </button>
  </li>`;
}
