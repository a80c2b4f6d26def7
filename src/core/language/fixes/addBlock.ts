import type { Command } from '../../runbook/model.ts';
import { isShell } from '../../runbook/fences.ts';
import { changingSteps } from '../../runbook/wayBack.ts';
import type { LintFinding } from '../diagnostics/finding.ts';
import { resultBelow } from '../resultFence.ts';
import type { RunbookSource } from '../source.ts';
import type { TextEdit } from '../text.ts';
import { givingId, ownIdOf, stepAt } from './addId.ts';
import { atEndOf, quickFix, refactoring, type Fix, type FixPlace } from './fix.ts';
import { keepsAllButIds } from './keeps.ts';

/** Findings that say that nothing takes a step back. */
const WAY_BACK: ReadonlySet<string> = new Set(['no-way-back', 'no-rollback', 'destructive-without-undo']);

/**
 * Adds a block that takes the step at the cursor back. What it has to do nobody
 * can guess: it holds a question, is reported as long as it does, and is not run.
 */
export function addUndo(place: FixPlace): readonly Fix[] {
  const { source, findings } = place;
  const step = stepAt(place);
  if (step === null || step.irreversible !== null || !changingSteps(source.runbook).includes(step) || source.runbook.undos.some(({ stepIds }) => stepIds.includes(step.id))) return [];
  const own = ownIdOf(source, step);
  const block = own === null ? null : blockBelow(source, step.commands.at(-1), `{undo=${own.id}}`, 'How is it taken back?');
  if (own === null || block === null) return [];
  const title = `Add a block that takes #${own.id} back`;
  const keeps = givingId(own, step, keepsAllButIds(({ line }) => line === step.line));
  const finding = findings.find(({ code }) => WAY_BACK.has(code));
  return [finding === undefined ? refactoring(title, [...own.edits, block], keeps) : quickFix(title, finding, [...own.edits, block], { isPreferred: true, keeps })];
}

/** Adds a check below the commands of a rollback level. */
export function addVerify({ source, findings }: FixPlace): readonly Fix[] {
  return findings.filter(({ code }) => code === 'level-without-check').flatMap((finding) => {
    const block = verifyBlock(source, finding);
    return block === null ? [] : [quickFix(`Add a check of level ${finding.subject ?? ''}`, finding, [block], { isPreferred: true })];
  });
}

function verifyBlock(source: RunbookSource, { subject }: LintFinding): TextEdit | null {
  const { runbook } = source;
  const level = runbook.rollbackLevels.find((each) => String(each.level) === subject);
  const section = runbook.sections.find(({ id, line }) => id === level?.sectionId && line === level.line);
  // Levels inside one block, or without a heading of their own, have no place for a check that is theirs alone.
  if (level === undefined || section === undefined) return null;
  return blockBelow(source, level.commands.at(-1), '{verify}', `How is it seen that level ${String(level.level)} has worked?`);
}

/** A block right below another one and the output that belongs to it, as far indented. */
function blockBelow(source: RunbookSource, command: Command | undefined, annotation: string, question: string): TextEdit | null {
  const at = command === undefined ? -1 : source.fences.findIndex(({ line }) => line === command.line - 1);
  const fence = source.fences[at];
  if (command === undefined || fence?.isClosed !== true) return null;
  const last = resultBelow(source, at) ?? fence;
  if (!last.isClosed) return null;
  const indent = fence.indent.replace(/[^\s>]/g, ' ');
  const isPlain = isShell(command.language) && command.language !== 'console' && command.language !== 'shell-session';
  const language = isPlain ? command.language : 'bash';
  const comment = language === 'cmd' || language === 'bat' ? 'rem' : '#';
  const body = [`\`\`\`${language} ${annotation}`, `${comment} ${question}`, '```'].map((line) => `\n${indent}${line}`).join('');
  return atEndOf(source, last.endLine, `\n${indent.trimEnd()}${body}`);
}
