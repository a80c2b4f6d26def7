import type { RollbackCommandView } from '../../src/core/view/rollbackViewModel.ts';
import type { ActionView, BlockView, CommandView, ContentBlockView, HeaderView, LevelBlockView, LevelButtonView, NoticeView, OutlineItem, PanelView, SectionBlockView, StepBlockView } from '../../src/core/view/viewModel.ts';

/** Short ways to write parts of a view; what is not said is the usual. */

export function action(id: ActionView['id'], label: string, more: Partial<ActionView> = {}): ActionView {
  return { id, label, icon: null, style: 'secondary', stepId: null, disabledBecause: null, key: null, ...more };
}

export function command(text: string, more: Partial<CommandView> = {}): CommandView {
  return { language: 'bash', text, line: 1, state: 'idle', result: null, output: null, outputMissing: null, placeholders: [], hidden: [], expectedOutput: null, expects: [], ...more };
}

export function planned(text: string, purpose: RollbackCommandView['purpose'], more: Partial<CommandView> = {}): RollbackCommandView {
  return { ...command(text, more), purpose };
}

export function section(id: string, title: string, more: Partial<SectionBlockView> = {}): SectionBlockView {
  return { kind: 'section', key: `section:${id}`, line: 1, sectionId: id, depth: 2, title, role: null, time: null, done: 0, total: 0, ...more };
}

export function content(key: string, html: string, indent = 0): ContentBlockView {
  return { kind: 'content', key: `content:${key}`, line: 1, html, indent };
}

export function level(number: number, title: string, text: string): LevelBlockView {
  return { kind: 'level', key: `level:${number}`, line: 1, level: number, title, command: command(text), indent: 0 };
}

/** A step with the actions that the host would give it. */
export function step(id: string, title: string, more: Partial<StepBlockView> = {}): StepBlockView {
  const commands = more.commands ?? [];
  const base: StepBlockView = {
    kind: 'step', key: `step:${id}`, line: 1, stepId: id, stepKind: commands.length > 0 ? 'command' : 'manual',
    titleHtml: escape(title), title, indent: 0, ordinal: null, status: 'open', statusWords: more.status ?? 'open', by: '',
    runningSince: null, timeoutSeconds: null, isNext: false, aside: false, tags: [], commands, difference: null, actions: [], message: null,
    tickable: false, tickLabel: `Tick “${title}”`, ...more,
  };
  return { ...base, actions: more.actions ?? usualActions(base) };
}

export function usualActions(block: StepBlockView): readonly ActionView[] {
  const of = (id: ActionView['id'], label: string, icon: string, style: ActionView['style']): ActionView => action(id, label, { icon, style, stepId: block.stepId });
  const last = [...(block.commands.length > 0 ? [of('copy', 'Copy commands', 'copy', 'quiet')] : []), of('revealSource', 'Show in source', 'go-to-file', 'quiet')];
  const aside = [of('skip', 'Skip…', 'debug-step-over', 'quiet'), of('markDone', 'Mark done…', 'pass', 'quiet')];
  if (block.status === 'running') return [action('showTerminal', 'Show terminal', { icon: 'terminal' }), of('stop', 'Stop', 'debug-stop', 'secondary'), ...last];
  if (block.status === 'failed') return [of('retry', 'Retry', 'debug-restart', 'primary'), ...aside, ...last];
  if (block.status === 'done') return [of(block.commands.length > 0 ? 'reopen' : 'untick', block.commands.length > 0 ? 'Reopen' : 'Untick', 'discard', 'quiet'), ...last];
  if (block.commands.length > 0) return [of('run', 'Run', 'play', block.isNext ? 'primary' : 'secondary'), ...aside, ...last];
  return [of('tick', 'Tick', 'check', block.isNext ? 'primary' : 'secondary'), of('skip', 'Skip…', 'debug-step-over', 'quiet'), ...last];
}

export function outlineItem(sectionId: string, title: string, done: number, total: number, status: OutlineItem['status'], depth = 2): OutlineItem {
  return { sectionId, title, depth, role: null, done, total, status };
}

export function levelButton(number: number, title: string, detail: string, more: Partial<LevelButtonView> = {}): LevelButtonView {
  return { level: number, title, detail, advised: false, state: 'ready', disabledBecause: null, ...more };
}

export function notice(id: string, severity: NoticeView['severity'], text: string, more: Partial<NoticeView> = {}): NoticeView {
  return { id, severity, text, actions: [], details: [], ...more };
}

export function headerOf(title: string, more: Partial<HeaderView> = {}): HeaderView {
  return {
    title, mode: 'reading', git: 'main @ 3f2a1c9, clean', metadata: [], run: null, done: 0, total: 0, estimateSeconds: null,
    phases: [], primary: action('startRun', 'Start run', { icon: 'play', style: 'primary' }),
    actions: [action('openSource', 'Open source', { icon: 'go-to-file', style: 'quiet' })], announcement: '', ...more,
  };
}

export function viewOf(header: HeaderView, blocks: readonly BlockView[], more: Partial<PanelView> = {}): PanelView {
  return { header, notices: [], outline: [], blocks, dock: { advice: null, levels: [] }, prompt: null, rollback: null, review: null, ...more };
}

/** The same view with one step changed. */
export function withStep(view: PanelView, stepId: string, change: Partial<StepBlockView>): PanelView {
  const blocks = view.blocks.map((block) => {
    if (block.kind !== 'step' || block.stepId !== stepId) return block;
    const next = { ...block, ...change };
    return { ...next, statusWords: change.statusWords ?? next.status, actions: change.actions ?? usualActions(next) };
  });
  return { ...view, blocks };
}

export function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character);
}
