import type { RollbackView } from '../../../src/core/view/rollbackViewModel.ts';
import type { ActionView, BlockView, PanelView } from '../../../src/core/view/viewModel.ts';

/** A view as text, for golden tests: what a person would read, in the order they would read it. */
export function draw(view: PanelView): string {
  const { header, dock } = view;
  return [
    `${header.title} [${header.mode}] ${header.done}/${header.total}`,
    ...[header.git, header.run?.words].filter((line) => line != null),
    `next: ${header.primary === null ? '-' : drawAction(header.primary)}`,
    `says: ${header.announcement}`,
    ...view.notices.map((notice) => `${notice.severity}: ${notice.text}${notice.details.map((detail) => `\n  - ${detail.text}`).join('')}`),
    '---',
    ...view.blocks.map(drawBlock),
    '---',
    ...(dock.advice === null ? [] : [`${dock.advice.title} (${dock.advice.detail})`]),
    ...dock.levels.map((level) => `↺ ${level.level} · ${level.title} (${level.detail}) ${level.state}${level.disabledBecause === null ? '' : ` ! ${level.disabledBecause}`}`),
  ].join('\n');
}

export function drawBlock(block: BlockView): string {
  switch (block.kind) {
    case 'section':
      return `${'#'.repeat(block.depth)} ${block.title}${block.time === null ? '' : ` (${block.time})`} ${block.done}/${block.total}`;
    case 'content':
      return `| ${block.html}`;
    case 'level':
      return `level ${block.level} ${block.title}: ${block.command.text}`;
    case 'step':
      return [
        `${'  '.repeat(block.indent)}${block.isNext ? '>' : '-'} ${block.titleHtml} [${block.statusWords}] ${block.by}`.trimEnd(),
        ...block.tags.map((tag) => `    #${tag.text}`),
        ...block.commands.map((command) => `    $ ${command.text.trim()} (${command.state}${command.result === null ? '' : `, ${command.result}`})`),
        ...(block.message === null ? [] : [`    ${block.message.severity}: ${block.message.text}`]),
        `    ${block.actions.filter(({ id }) => id !== 'copy' && id !== 'revealSource').map(drawAction).join(' · ')}`.trimEnd(),
      ]
        .filter((line) => line.trim() !== '')
        .join('\n');
  }
}

/** The rollback sheet as text. */
export function drawRollback(rollback: RollbackView | null): string {
  if (rollback === null) return '-';
  return [
    `Level ${rollback.level}: ${rollback.title} [${rollback.phase}] ${rollback.budgetWords ?? ''}`,
    ...rollback.commands.map((command) => `  ${command.purpose} $ ${command.text.trim()} (${command.state})`),
    ...rollback.started.map((title) => `  affects ${title}`),
    ...(rollback.message === null ? [] : [`  ${rollback.message.severity}: ${rollback.message.text}`]),
    `  ${rollback.actions.map(drawAction).join(' · ')}`,
  ].join('\n');
}

function drawAction({ label, disabledBecause }: ActionView): string {
  return disabledBecause === null ? label : `(${label}: ${disabledBecause})`;
}
