import { html, nothing, type TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import type { CommandView } from '../src/core/view/viewModel.ts';
import type { CommandContext } from './commandBlock.ts';
import { harmless } from './commandText.ts';

/**
 * What a command printed. Open while it runs and when it failed; once open it
 * stays so, because nothing may jump when the state changes.
 */
export function outputBox(command: Pick<CommandView, 'state' | 'output' | 'outputMissing'>, context: Pick<CommandContext, 'tabbable' | 'live'>): TemplateResult | typeof nothing {
  const text = context.live ?? command.output;
  if (text === null && command.state !== 'running') return command.outputMissing === null ? nothing : html`<p class="missing">${command.outputMissing}</p>`;
  const open = command.state === 'running' || command.state === 'failed' || command.state === 'unknown';
  return html`<details class="output ${command.state === 'running' ? 'live' : ''}" ${ref((element) => openOnce(element, open))}>
    <summary tabindex=${context.tabbable ? '0' : '-1'}>${command.state === 'running' ? 'Output, last lines' : `Output (${lineCount(text ?? '')})`}</summary>
    <pre ${ref(followTail)} .textContent=${text === null ? (command.outputMissing ?? 'no output yet') : harmless(text)}></pre>
  </details>`;
}

const seen = new WeakSet<Element>();

/** Opens it when it has to be seen; what a person closed or opened stays. */
function openOnce(element: Element | undefined, open: boolean): void {
  if (!(element instanceof HTMLDetailsElement) || seen.has(element) || !open) return;
  seen.add(element);
  element.open = true;
}

/** Keeps the newest line in sight unless a person scrolled up. */
function followTail(element: Element | undefined): void {
  if (!(element instanceof HTMLElement) || followed.has(element)) return;
  followed.add(element);
  let atEnd = true;
  element.addEventListener('scroll', () => {
    atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 8;
  });
  new MutationObserver(() => {
    if (atEnd) element.scrollTop = element.scrollHeight;
  }).observe(element, { childList: true, characterData: true, subtree: true });
}

const followed = new WeakSet<Element>();

function lineCount(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines === 1 ? '1 line' : `${lines} lines`;
}
