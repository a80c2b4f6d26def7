import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SoakView } from '../src/core/view/viewModel.ts';
import { isDeliberate } from './actions.ts';
import { button } from './controls.ts';
import type { Drawing } from './drawing.ts';
import { icon } from './icon.ts';
import { ticker } from './ticker.ts';

/** The time that has to pass after a section or step, and while it goes on the way to end it. */
export function soakLine(soak: SoakView | undefined, title: string, drawing: Drawing): TemplateResult | typeof nothing {
  if (soak === undefined) return nothing;
  const { words, counting, end } = soak;
  return html`<div class="soak ${counting === null ? '' : 'counting'}">
    <span class="soak-words">${icon('watch')}${words}${counting === null ? nothing : html` · ${ticker('soak', counting.since, null, counting.seconds)}`}</span>
    ${end === null ? nothing : button({ id: 'endSoak', label: end.label, icon: null, style: 'quiet', name: `${end.label} ${title}`, disabledBecause: end.disabledBecause, onClick: (event) => press(event, end, drawing) })}
  </div>`;
}

function press(event: Event, { label, disabledBecause }: NonNullable<SoakView['end']>, drawing: Drawing): void {
  event.stopPropagation();
  if (!isDeliberate(event)) return;
  if (disabledBecause !== null) drawing.say(`${label} is not available: ${disabledBecause}`);
  else drawing.post({ type: 'run', action: 'endSoak', revision: drawing.revision() });
}
