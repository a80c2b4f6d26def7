import { commandsIn } from '../../runbook/allCommands.ts';
import type { Command } from '../../runbook/model.ts';
import { changingSteps, hasLevel } from '../../runbook/wayBack.ts';
import type { RunbookSource } from '../source.ts';
import type { Range } from '../text.ts';
import type { LintFinding } from './finding.ts';

/** What only concerns who writes the document: no defect for who runs it. */
export function authorFindings(source: RunbookSource): readonly LintFinding[] {
  return [...unfilledPlaceholders(source), ...noRollback(source), ...levelsWithoutCheck(source)];
}

function unfilledPlaceholders(source: RunbookSource): readonly LintFinding[] {
  const { runbook } = source;
  const commands = [...commandsIn(runbook)];
  if (commands.every(({ placeholders }) => placeholders.length === 0)) return [];
  const filled = namesWithValues(source, commands);
  const found = new Map<string, LintFinding>();
  for (const command of commands) {
    const placeOf = command.placeholders.length === 0 ? null : source.placesOf(command);
    for (const { name, start, end } of command.placeholders) {
      if (placeOf === null || filled.has(name)) continue;
      const range: Range = { start: placeOf(start), end: placeOf(end) };
      const written = command.text.slice(start, end);
      const message = `Nothing fills ${written}: a person is asked for it when its command is to run. An input of the front matter is asked for at the start.`;
      // Commands before the first level of a block belong to every level of it.
      found.set(`${String(range.start.line)} ${String(range.start.character)}`, { code: 'unfilled-placeholder', severity: 'info', message, range, subject: name });
    }
  }
  return [...found.values()];
}

/** Names of inputs, of variables that environments give, and of captured values. */
export function namesWithValues({ runbook }: RunbookSource, commands: readonly Command[]): ReadonlySet<string> {
  const setup = runbook.frontMatter.setup;
  return new Set([...(setup?.inputs ?? []).map(({ name }) => name), ...(setup?.environments ?? []).flatMap(({ variables }) => variables.map(({ name }) => name)), ...commands.flatMap(({ options }) => options.capture ?? [])]);
}

function noRollback({ runbook, lines }: RunbookSource): readonly LintFinding[] {
  if (hasLevel(runbook) || runbook.undos.length > 0 || runbook.frontMatter.package !== undefined) return [];
  const first = changingSteps(runbook).find(({ check }) => !check);
  if (first === undefined) return [];
  return [{ code: 'no-rollback', severity: 'info', message: 'This runbook runs commands, and nothing in it takes them back: no rollback level, no block with undo=. Add a section “Rollback”, or undo blocks.', range: lines.wordsOf(first.line - 1) }];
}

function levelsWithoutCheck({ runbook, lines }: RunbookSource): readonly LintFinding[] {
  return runbook.rollbackLevels
    .filter(({ commands, verify }) => commands.length > 0 && verify.length === 0)
    .map(({ level, line }) => ({ code: 'level-without-check', severity: 'hint', message: `Nothing looks whether rollback level ${String(level)} has worked. Add a block with “verify” below its commands.`, range: lines.wordsOf(line - 1), subject: String(level) }));
}
