import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { BackupView } from '../src/core/view/viewModel.ts';
import { harmless } from './commandText.ts';
import { icon } from './icon.ts';
import { ticker } from './ticker.ts';

const BY: Readonly<Record<NonNullable<BackupView['restores']>['by'], string>> = { run: 'this run', package: 'another run of its package', other: 'another run, not by this one' };

/** Which backups something is given, with the age of the one that it restores. */
export function backupNote({ words, restores, tone, lists = [] }: BackupView): TemplateResult {
  const made = restores === undefined ? nothing : html`, made ${ticker('age', restores.madeAt, null, null)} by ${BY[restores.by]}`;
  return html`<div class="backup">
    <p>${icon(tone === 'plain' ? 'history' : 'warning', tone === 'plain' ? '' : 'tone-warning')}<span>${harmless(words)}${made}</span></p>
    ${lists.map(({ heading, items }) => html`<p class="backup-list"><b>${heading}</b> ${items.map(({ name, note }, place) => html`${place === 0 ? nothing : ', '}<code>${harmless(name)}</code>${note === null ? nothing : ` (${note})`}`)}</p>`)}
  </div>`;
}

/** The same in one line on a button: what may be cut off comes last. */
export function backupLine({ words, restores, tone }: BackupView): TemplateResult {
  const line = restores === undefined ? words : html`${restores.by !== 'other' ? '' : 'not of this run · '}backup ${ticker('age', restores.madeAt, null, null)} · ${harmless(restores.name)}`;
  return html`<span class="rehearsed ${tone === 'plain' ? '' : 'stale'}">${line}</span>`;
}

/** That line for those who do not see it, without the time that counts. */
export function backupName({ words, restores }: BackupView): string {
  return restores === undefined ? words : `${restores.by !== 'other' ? '' : 'not of this run, '}backup ${harmless(restores.name)}`;
}
