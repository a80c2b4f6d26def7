import type { Runbook, Step } from '../core/runbook/model.ts';
import { printable } from './printable.ts';

const MARKS: Readonly<Record<Step['kind'], string>> = { manual: '[ ]', command: ' $ ', task: ' * ', gate: ' ? ', attestation: ' @ ' };

/**
 * A runbook as an outline for people.
 * @returns text with a line end
 */
export function outline(file: string, runbook: Runbook): string {
  const lines = [printable(runbook.title), `${printable(file)}: ${counted(runbook.steps.length, 'step')}, ${counted(runbook.rollbackLevels.length, 'rollback level')}, ${counted(runbook.triggers.length, 'trigger')}`];
  for (const [key, value] of Object.entries(runbook.metadata)) lines.push(`  ${printable(key)}: ${printable(value)}`);
  const sections = new Map(runbook.sections.map((section) => [section.id, section]));
  const steps = new Map(runbook.steps.map((step) => [step.id, step]));
  const depths = new Map<string, number>();
  for (const block of runbook.blocks) {
    const section = block.kind === 'section' ? sections.get(block.sectionId) : undefined;
    const step = block.kind === 'step' ? steps.get(block.stepId) : undefined;
    if (section !== undefined) lines.push('', `${'#'.repeat(section.depth)} ${printable(section.title)}${section.role === null ? '' : `  [${section.role}]`}`);
    if (step !== undefined) {
      const depth = step.parentId === null ? 0 : (depths.get(step.parentId) ?? 0) + 1;
      depths.set(step.id, depth);
      lines.push(stepLine(step, depth));
    }
  }
  if (runbook.rollbackLevels.length > 0) lines.push('', 'Rollback');
  for (const level of runbook.rollbackLevels) {
    lines.push(`${String(level.line).padStart(5)} ${level.level} ${printable(level.title)}${suffix([level.budgetWords, counted(level.commands.length, 'command')])}`);
  }
  if (runbook.triggers.length > 0) lines.push('', 'Triggers');
  for (const trigger of runbook.triggers) {
    const condition = trigger.operator === null ? trigger.metric : `${trigger.metric} ${trigger.operator} ${trigger.value ?? ''} ${trigger.unit ?? ''}`.trim();
    lines.push(`${String(trigger.line).padStart(5)} ${printable(condition)}${suffix([trigger.forSeconds === null ? null : `for ${trigger.forSeconds} s`, trigger.level === null ? null : `level ${trigger.level}`])}`);
  }
  if (runbook.fields.length > 0) lines.push('', 'To be filled in');
  for (const field of runbook.fields) lines.push(`${String(field.line).padStart(5)} ${printable(field.name)}${suffix([field.where === 'command' ? 'in a command' : null])}`);
  if (runbook.diagnostics.length > 0) lines.push('', 'Odd');
  for (const odd of runbook.diagnostics) lines.push(`${String(odd.line).padStart(5)} ${odd.severity}: ${printable(odd.message)} (${odd.code})`);
  return `${lines.join('\n')}\n\n`;
}

function stepLine(step: Step, depth: number): string {
  const details = [step.owner, step.commands.length > 0 ? counted(step.commands.length, 'command') : null, step.requires.length > 0 ? `after ${step.requires.join(', ')}` : null, step.aside ? 'not on the way forward' : null];
  return `${String(step.line).padStart(5)} ${'  '.repeat(depth)}${MARKS[step.kind]} ${printable(step.title)}${suffix(details)}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function suffix(details: readonly (string | null)[]): string {
  const words = details.filter((detail) => detail !== null);
  return words.length === 0 ? '' : `  (${words.map(printable).join('; ')})`;
}
