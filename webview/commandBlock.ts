import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { CommandView } from '../src/core/view/viewModel.ts';
import { backupNote } from './backupNote.ts';
import { countHidden, harmless } from './commandText.ts';
import type { Drawing } from './drawing.ts';
import { icon } from './icon.ts';
import { colouredCode } from './lazyColour.ts';
import { outputBox } from './outputBox.ts';
import { commandMark } from './statusLook.ts';

export interface CommandContext {
  readonly drawing: Drawing;
  /** What the command belongs to, for names. */
  readonly owner: string;
  /** In the tab order: only what belongs to the row where the keyboard is. */
  readonly tabbable: boolean;
  /** Last lines of output that came since the view did. */
  readonly live?: string | undefined;
  /** Words that already stand beside the title and need not be said again. */
  readonly said?: string;
}

/** A command exactly as it runs, with how it went and what it printed. */
export function commandBlock(command: CommandView, context: CommandContext): TemplateResult {
  const { drawing, owner } = context;
  const result = command.result !== null && !context.said?.includes(command.result) ? command.result : null;
  return html`<div class="command state-${command.state}">
    ${(command.how ?? []).length === 0 ? nothing : html`<p class="how" aria-label=${`How it runs: ${owner}`}>${(command.how ?? []).map((words) => html`<code>${harmless(words)}</code>`)}</p>`}
    <div class="source">
      <pre tabindex="-1" aria-label=${`Command of ${owner}`}>${guard(guardKey(command), () => colouredCode(command.text, command.language, command))}</pre>
      <button
        type="button"
        class="copy"
        aria-label=${`Copy command of ${owner}`}
        title="Copy"
        tabindex=${context.tabbable ? '0' : '-1'}
        @click=${() => drawing.copy(command.text, 'Command')}
      >
        ${icon('copy')}
      </button>
    </div>
    ${guard(guardKey(command), () => caution(countHidden(command.text, command)))}
    ${result === null ? nothing : html`<p class="result">${commandMark(command.state)}${result}</p>`} ${outputBox(command, context)}
    ${command.captured === undefined ? nothing : html`<p class="captured">${icon('symbol-variable')}${harmless(command.captured)}</p>`}
    ${command.backup === undefined ? nothing : backupNote(command.backup)}
    ${command.expects.length === 0 ? nothing : html`<p class="expects">Succeeds with ${command.expects.map(harmless).join(' · ')}</p>`}
    ${command.expectedOutput === null ? nothing : html`<div class="expected"><span class="caption">Expected output</span><pre>${harmless(command.expectedOutput)}</pre></div>`}
  </div>`;
}

function caution(count: number): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  const words = count === 1 ? 'One character is drawn as its code point: it cannot be seen, or looks like another.' : `${count} characters are drawn as their code points: they cannot be seen, or look like others.`;
  return html`<p class="caution">${icon('warning', 'tone-warning')}${words}</p>`;
}

/** What the drawn code depends on, so that it is left alone when anything else changes. */
function guardKey(command: CommandView): unknown[] {
  return [command.text, command.language, JSON.stringify([command.placeholders, command.hidden])];
}
