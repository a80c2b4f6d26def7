import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { HeaderView } from '../src/core/view/viewModel.ts';
import { styles } from './cssom.ts';
import { actionButton, type Drawing } from './drawing.ts';
import { harmless } from './commandText.ts';
import { icon } from './icon.ts';
import type { PackageView } from '../src/core/view/package/packageViewModel.ts';
import { type PackageFold, packageList } from './packageList.ts';
import { menu, type MenuState } from './menu.ts';
import { ticker } from './ticker.ts';
import { spanWords } from './time.ts';

const MODE_WORDS = { reading: 'reading', running: null, ended: 'ended', locked: 'locked', reviewing: 'record' } as const;

/** Title, where it runs, how far it is, and the one thing to do. */
export function header(view: HeaderView, members: PackageView | null, drawing: Drawing, menuState: MenuState, fold: PackageFold): TemplateResult {
  const inline = view.actions.filter((action) => action.style === 'secondary').slice(0, 2);
  const mode = MODE_WORDS[view.mode];
  return html`${banner(view)}<div class="title-row">
      <h1 title=${view.title}>${view.title}</h1>
      <div class="header-actions">
        <div class="inline-actions">${repeat(inline, (action) => action.id, (action) => actionButton(drawing, action))}</div>
        ${view.primary === null ? nothing : actionButton(drawing, view.primary)} ${menu(view.actions, inline, drawing, menuState)}
      </div>
    </div>
    <div class="meta">
      ${environment(view)}${mode === null ? nothing : html`<span class="mode">${mode}</span>`}${view.git === null
        ? nothing
        : html`<span>${view.git}</span>`}${view.run === null ? nothing : html`<span>${view.run.words}</span>`}
      <span>${stepWords(view)}${timeWords(view)}</span>${deployed(view)}${soakWords(view)}
    </div>
    ${packageList(members, drawing, fold)} ${progress(view)}`;
}

/** Where every command of the run acts, when that place is guarded: in sight however far the document is scrolled. */
function banner(view: HeaderView): TemplateResult | typeof nothing {
  const { environment } = view;
  if (environment === undefined || !wearsBanner(view)) return nothing;
  return html`<p class="banner" role="note">${icon('warning')}<b>${environment.name}</b><span>Every command of this run acts on ${environment.name}.</span></p>`;
}

/** Nothing of a run that has ended acts on anything any more. */
function wearsBanner({ environment, mode }: HeaderView): boolean {
  return environment?.guarded === true && mode !== 'ended';
}

/** The run's environment, else what the document says of itself. */
function environment(view: HeaderView): TemplateResult | readonly TemplateResult[] | typeof nothing {
  const { environment: chosen, metadata } = view;
  if (chosen === undefined) return metadata.filter(isEnvironment).map(({ value }) => html`<span class="env">${value}</span>`);
  return wearsBanner(view) ? nothing : html`<span class="env chosen" title="Environment of this run">${chosen.name}</span>`;
}

/** The document's own lines about itself, once, where reading begins. */
export function metadataList(view: HeaderView): TemplateResult | typeof nothing {
  const rest = view.metadata.filter((entry) => !isEnvironment(entry));
  if (rest.length === 0) return nothing;
  return html`<dl class="metadata">${rest.map(({ key, value }) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function isEnvironment({ key }: { readonly key: string }): boolean {
  return /^environment$/i.test(key.trim());
}

function stepWords({ run, done, total }: HeaderView): string {
  if (run === null) return total === 1 ? '1 step' : `${total} steps`;
  return `${done} of ${total} steps`;
}

/** What is deployed where the run goes, as records say it. */
function deployed({ deployed: known }: HeaderView): TemplateResult | typeof nothing {
  if (known === undefined) return nothing;
  return html`<span class="deployed" title="What is deployed in the environment of this run, as the records of its runs say">${known.isOdd ? icon('warning', 'tone-warning') : nothing}deployed: ${harmless(known.words)}, ${ticker('age', known.since, null, null)}</span>`;
}

/** What the run waits for, in sight however far the document is scrolled. */
function soakWords({ soak }: HeaderView): TemplateResult | typeof nothing {
  if (soak === undefined) return nothing;
  return html`<span class="soaking" title=${`Soak of ${soak.title}`}>${icon('watch')}soaking, ${ticker('soak', soak.since, null, soak.seconds)}</span>`;
}

function timeWords({ run, estimateSeconds, remainingSeconds, soak }: HeaderView): TemplateResult | typeof nothing {
  if (run !== null) {
    // The soak beside it says what is left for now.
    const left = soak !== undefined || remainingSeconds === undefined || remainingSeconds < 60 ? '' : `, about ${spanWords(Math.ceil(remainingSeconds / 60) * 60)} left`;
    return html` · ${ticker('run', run.startedAt, run.endedAt, left === '' ? estimateSeconds : null)}${left}`;
  }
  return estimateSeconds === null ? nothing : html` · about ${spanWords(estimateSeconds)}`;
}

function progress({ phases, done, total, run }: HeaderView): TemplateResult {
  const counted = phases.filter((phase) => phase.total > 0);
  const words = counted.map((phase) => `${phase.title} ${phase.done} of ${phase.total}${phase.failed > 0 ? `, ${phase.failed} failed` : ''}`).join('; ');
  return html`<div
    class="progress ${run === null ? 'idle' : ''}"
    role="progressbar"
    aria-label="Progress"
    aria-valuemin="0"
    aria-valuemax=${total}
    aria-valuenow=${done}
    aria-valuetext=${`${done} of ${total} steps done${words === '' ? '' : `: ${words}`}`}
  >
    ${counted.map(
      (phase) =>
        html`<i ${styles({ 'flex-grow': String(phase.total) })} title=${`${phase.title}: ${phase.done} of ${phase.total}`}
          ><b class="part done" ${styles({ width: percent(phase.done, phase.total) })}></b><b class="part failed" ${styles({ width: percent(phase.failed, phase.total) })}></b
        ></i>`,
    )}
  </div>`;
}

function percent(part: number, whole: number): string {
  return `${Math.min(100, (100 * part) / Math.max(1, whole))}%`;
}
