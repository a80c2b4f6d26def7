import type { Block } from '../runbook/model.ts';
import { checkCounts } from '../checks/checkSteps.ts';
import { commandView } from './command.ts';
import { renderTokens } from './markdown.ts';
import { Memo } from './memo.ts';
import { isShownElsewhere } from './shownElsewhere.ts';
import type { Sections } from './sections.ts';
import { subjectKey } from '../run/evolveTime.ts';
import { overrunWords } from './overrunWords.ts';
import { soakView } from './soakView.ts';
import { type StepContext, stepBlock } from './stepBlock.ts';
import { counted, quoted } from './words.ts';
import type { BlockView, ContentBlockView, LevelBlockView, SectionBlockView } from './viewModel.ts';

const sectionViews = new Memo<Block, SectionBlockView>();
const contentViews = new Memo<Block, ContentBlockView>();
const elsewhere = new Memo<Block, boolean>();
const levelViews = new Memo<Block, LevelBlockView>();

/** The document in reading order. Blocks that have not changed are the same objects as before. */
export function blockViews(context: StepContext, sections: Sections): readonly BlockView[] {
  const keys = new Keys();
  const { runbook } = context.input;
  return runbook.blocks.flatMap((block, index): readonly BlockView[] => {
    switch (block.kind) {
      case 'section': {
        keys.under(`section:${block.sectionId}`);
        const view = sectionView(block, block.sectionId, sections, context);
        return view === null ? [] : [view];
      }
      case 'step': {
        const step = context.progress.tree.steps.get(block.stepId);
        keys.under(`step:${block.stepId}`);
        return step === undefined ? [] : [stepBlock(step, context)];
      }
      case 'content': {
        const key = keys.next('content');
        return elsewhere.get(block, [], () => isShownElsewhere(block, runbook.blocks[index + 1], runbook)) ? [] : [contentView(block, key, context)];
      }
      case 'level':
        return [levelView(block, keys.next(`level:${block.level}`), context)];
    }
  });
}

/** Names for blocks without an id: their place under the last section or step, so that edits elsewhere leave them. */
class Keys {
  #owner = 'top';
  #count = 0;

  under(owner: string): void {
    this.#owner = owner;
    this.#count = 0;
  }

  next(kind: string): string {
    this.#count += 1;
    return `${kind}:${this.#owner}:${this.#count}`;
  }
}

function sectionView(block: Block, sectionId: string, sections: Sections, { input, access }: StepContext): SectionBlockView | null {
  const found = sections.of(sectionId);
  if (found === null) return null;
  const { section, done, total } = found;
  // The document's own title stands in the header.
  if (section.depth === 1 && section.title === input.runbook.title) return null;
  const checks = input.state === null || input.state.ended !== null ? 0 : checkCounts(input.runbook).get(section.id) ?? 0;
  const over = input.state?.overruns.get(subjectKey({ kind: 'section', sectionId }));
  const overrun = over === undefined ? null : overrunWords(over, input.formatTime);
  const soak = section.soak === undefined ? null : soakView({ kind: 'section', sectionId }, input, access);
  return sectionViews.get(block, [section, done, total, checks, access.run, JSON.stringify(soak), overrun], () => ({
    kind: 'section',
    key: `section:${section.id}`,
    line: section.line,
    sectionId: section.id,
    depth: section.depth,
    title: section.title,
    role: section.role,
    // Most headings say it themselves.
    time: section.budgetWords !== null && section.title.includes(section.budgetWords) ? null : section.budgetWords,
    done,
    total,
    ...(overrun === null ? {} : { overrun }),
    ...(soak === null ? {} : { soak }),
    ...(checks === 0 ? {} : { verify: { label: `Verify: ${counted(checks, 'check')}`, disabledBecause: access.run } }),
  }));
}

function contentView(block: Extract<Block, { kind: 'content' }>, key: string, { input, progress }: StepContext): ContentBlockView {
  const indent = block.stepId === null ? 0 : progress.tree.depthOf(block.stepId) + 1;
  const undo = input.runbook.undos.find(({ command }) => command.line === block.line);
  const undone = undo?.stepIds.map((id) => quoted(progress.tree.steps.get(id)?.title ?? id)).join(', ') ?? '';
  return contentViews.get(block, [key, indent, undone], () => ({
    kind: 'content',
    key,
    line: block.line,
    html: renderTokens(block.tokens),
    ...(undone === '' ? {} : { caption: `Takes back ${undone}` }),
    indent,
  }));
}

function levelView(block: Extract<Block, { kind: 'level' }>, key: string, { input }: StepContext): LevelBlockView {
  const title = input.runbook.rollbackLevels.find((each) => each.level === block.level)?.title ?? '';
  return levelViews.get(block, [key, title], () => ({
    kind: 'level',
    key,
    line: block.line,
    level: block.level,
    title,
    command: commandView(block.command, null, null),
    indent: 0,
  }));
}
