import { parseAttributes } from '../../runbook/attributes.ts';
import type { RunbookSource } from '../source.ts';
import type { AnnotationWriter } from './annotationWriter.ts';
import { durationWord } from './durationWord.ts';

/** Wishes for the number and the time of each rollback level that has a heading of its own. */
export function stateLevels({ runbook }: RunbookSource, writer: AnnotationWriter): void {
  const said = new Map(runbook.annotations.map(({ line, text }) => [line, parseAttributes(text, 1).attributes.values]));
  const sections = new Map(runbook.sections.map((section) => [section.id, section]));
  for (const { level, line, sectionId, commands, budgetSeconds } of runbook.rollbackLevels) {
    const section = sectionId === null ? undefined : sections.get(sectionId);
    // Levels that begin inside a block, or by an attribute of one, have no heading to write on.
    if (section === undefined || section.line !== line || commands.some((command) => said.get(command.line)?.has('level') === true)) continue;
    const values = said.get(line);
    const words = [
      ...(values?.has('level') === true ? [] : [`level=${String(level)}`]),
      ...(values?.has('budget') === true || budgetSeconds === null || budgetSeconds !== section.budgetSeconds ? [] : [`budget=${durationWord(budgetSeconds)}`]),
    ];
    if (words.length > 0) writer.want({ on: 'heading', line }, 'levels', words, `Rollback level ${String(level)}, whatever its heading comes to say.`);
  }
}
