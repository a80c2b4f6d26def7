import { html, nothing, type TemplateResult } from 'lit/html.js';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import type { BlockView, ContentBlockView, LevelBlockView, SectionBlockView } from '../src/core/view/viewModel.ts';
import { isDeliberate } from './actions.ts';
import { commandBlock } from './commandBlock.ts';
import type { Drawing } from './drawing.ts';
import { harmless } from './commandText.ts';
import { button } from './controls.ts';
import { icon } from './icon.ts';
import { prose } from './prose.ts';
import { soakLine } from './soak.ts';

/** A heading of the document with its time and how far it is. */
export function sectionBlock(block: SectionBlockView, drawing: Drawing): TemplateResult {
  const tag = HEADINGS[Math.min(6, Math.max(2, block.depth)) - 2] ?? HEADINGS[4];
  return staticHtml`<${tag} class="section depth-${Math.min(6, block.depth)}" tabindex="-1" data-heading
    ><span class="words">${block.title}</span>${block.time === null ? nothing : html`<small>${block.time}</small>`}${block.overrun === undefined ? nothing : html`<span class="tag tone-warning">${block.overrun}</span>`}${block.total === 0
      ? nothing
      : html`<small class="count ${block.done === block.total ? 'full' : ''}"><span aria-hidden="true">${block.done}/${block.total}</span><span class="sr">, ${block.done} of ${block.total} steps done</span></small>`}</${tag}>${soakLine(block.soak, block.title, drawing)}${verifyButton(block, drawing)}`;
}

/** Runs the checks of a section together, after a question. */
function verifyButton({ sectionId, title, verify }: SectionBlockView, drawing: Drawing): TemplateResult | typeof nothing {
  if (verify === undefined) return nothing;
  const { label, disabledBecause } = verify;
  const post = (event: Event): void => {
    if (!isDeliberate(event)) return;
    if (disabledBecause !== null) drawing.say(`${label} is not available: ${disabledBecause}`);
    else drawing.post({ type: 'verify', sectionId, revision: drawing.revision() });
  };
  return html`<div class="section-verify">${button({ id: 'verify-section', label, icon: 'beaker', style: 'quiet', name: `${label} of ${title}`, disabledBecause, onClick: post })}</div>`;
}

const HEADINGS = ['h2', 'h3', 'h4', 'h5', 'h6'].map((name) => unsafeStatic(name));

export function contentBlock(block: ContentBlockView): TemplateResult {
  if (block.caption === undefined) return prose(block.html, 'div', 'prose');
  return html`<p class="caption">${icon('discard')}${harmless(block.caption)} <span>· run by “Undo what started”</span></p>${prose(block.html, 'div', 'prose')}`;
}

/** Commands of a rollback level where the document has them: to be read here, run from the dock. */
export function levelBlock(block: LevelBlockView, drawing: Drawing, current: boolean): TemplateResult {
  return html`<div class="level-commands" role="group" aria-label=${`Rollback level ${block.level}: ${block.title}`} tabindex=${current ? '0' : '-1'} data-row>
    <p class="caption">${icon('discard')}Level ${block.level} · ${block.title}<button type="button" class="linklike" tabindex=${current ? '0' : '-1'} @click=${() => drawing.toDock()}>run from the levels below</button></p>
    ${commandBlock(block.command, { drawing, owner: `rollback level ${block.level}`, tabbable: current })}
  </div>`;
}

/** How tall a block will be, roughly, in pixels: keeps the scroll bar steady before it is laid out. */
export function guessHeight(block: BlockView): number {
  switch (block.kind) {
    case 'section':
      return 48;
    case 'content':
      return 24 + Math.ceil(block.html.length / 110) * 20;
    case 'level':
      return 64 + lines(block.command.text) * 19;
    case 'step':
      return 34 + block.commands.reduce((sum, command) => sum + 28 + lines(command.text) * 19 + (command.output === null ? 0 : 24), 0);
  }
}

function lines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** What is shown when drawing a block failed: its words, without any dress. */
export function plainWords(block: BlockView): string {
  switch (block.kind) {
    case 'section':
      return block.title;
    case 'content':
      return block.html.replace(/<[^>]*>/g, '');
    case 'level':
      return `Level ${block.level}: ${block.title}\n${block.command.text}`;
    case 'step':
      return `${block.title} (${block.statusWords})\n${(block.commands ?? []).map((command) => command.text).join('\n')}`;
  }
}
