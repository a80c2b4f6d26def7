import { html, type TemplateResult } from 'lit/html.js';

/** A codicon. It never carries meaning alone: words stand beside it or in the name of what holds it. */
export function icon(name: string, extraClass = ''): TemplateResult {
  return html`<i class="codicon codicon-${/^[a-z0-9-]+$/.test(name) ? name : 'circle-small'} ${extraClass}" aria-hidden="true"></i>`;
}

const SEVERITY_ICONS = { error: 'error', warning: 'warning', info: 'info' } as const;
const SEVERITY_WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** The icon of a severity with its word for those who cannot see it. */
export function severityIcon(severity: keyof typeof SEVERITY_ICONS): TemplateResult {
  return html`${icon(SEVERITY_ICONS[severity], `tone-${severity}`)}<span class="sr">${SEVERITY_WORDS[severity]}: </span>`;
}
