import { html, type TemplateResult } from 'lit/html.js';
import type { CommandView, StepBlockView, StepViewStatus } from '../src/core/view/viewModel.ts';
import { icon } from './icon.ts';

export const STATUS_ICON: Readonly<Record<StepViewStatus, string>> = {
  open: 'circle-large',
  running: 'loading',
  background: 'server-process',
  done: 'check',
  failed: 'error',
  unknown: 'question',
  skipped: 'skip',
  partly: 'color-mode',
  waiting: 'circle-large',
};

/** The icon at the left of a step. Its words stand in the row. */
export function statusIcon(block: StepBlockView): TemplateResult {
  if (block.stepKind === 'gate' && block.review === undefined && (block.status === 'open' || block.status === 'waiting')) return icon('warning', 'tone-warning');
  if ((block.status === 'open' || block.status === 'waiting') && (block.stepKind === 'manual' || block.stepKind === 'attestation')) return html`<i class="box" aria-hidden="true"></i>`;
  if (block.status === 'background' && block.runningSince === null) return icon('debug-stop', 'status-stopped');
  return icon(STATUS_ICON[block.status], `status-${block.status}${block.status === 'running' ? ' codicon-modifier-spin' : ''}`);
}

const COMMAND_ICON: Readonly<Record<CommandView['state'], string>> = { idle: 'circle-large', running: 'loading', ok: 'check', failed: 'error', unknown: 'question', stopped: 'debug-stop' };
const COMMAND_WORD: Readonly<Record<CommandView['state'], string>> = { idle: 'not run', running: 'running', ok: 'succeeded', failed: 'failed', unknown: 'unknown', stopped: 'stopped' };

/** How a command stands, as an icon with its word. */
export function commandMark(state: CommandView['state']): TemplateResult {
  const status = state === 'ok' ? 'done' : state;
  return html`${icon(COMMAND_ICON[state], `status-${status}${state === 'running' ? ' codicon-modifier-spin' : ''}`)}<span class="sr">${COMMAND_WORD[state]}</span>`;
}

/** Words at the right of a step: what the host says, and the state where that leaves it open. */
export function rightWords({ by, status, statusWords, runningSince }: StepBlockView): string {
  if (status === 'running') return runningSince === null ? by || statusWords : 'running';
  if (by === '') return status === 'open' ? '' : statusWords;
  if (status === 'open' || status === 'done' || status === 'waiting') return by;
  const state = statusWords.split(':')[0] ?? statusWords;
  return by.toLowerCase().includes(state.toLowerCase()) ? by : `${state} · ${by}`;
}
