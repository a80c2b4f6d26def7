import { isRequest } from '../../checks/fillRequest.ts';
import { commandsIn } from '../../runbook/allCommands.ts';
import type { Command } from '../../runbook/model.ts';
import { problemWithName } from '../../runbook/setup/variableName.ts';
import { fieldNeeds, variableReferences } from '../../run/placeholders.ts';
import { shellOf } from '../../run/shell/shells.ts';
import { namesWithValues } from '../diagnostics/rules.ts';
import type { RunbookSource } from '../source.ts';
import type { TextEdit } from '../text.ts';
import { quickFix, type Fix, type FixPlace } from './fix.ts';
import { withEntry } from './frontMatterEdit.ts';
import { keepsAllButText } from './keeps.ts';

/** What is harmless also where a block evaluates strings. */
const HARMLESS = '[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*';

/**
 * Makes an input of a placeholder: the front matter asks for it at the start,
 * and all of its places in the document become the variable, quoted as each
 * needs it. Not offered when one of them has no safe place.
 */
export function placeholderInput({ source, findings }: FixPlace): readonly Fix[] {
  return findings.filter(({ code }) => code === 'unfilled-placeholder').flatMap((finding) => {
    const name = finding.subject ?? '';
    const commands = commandsOf(source);
    const variable = variableFor(source, commands, name);
    const edits = variable === null ? null : inputEdits(source, commands.filter(({ placeholders }) => placeholders.some((each) => each.name === name)), name, variable);
    const keeps = keepsAllButText(({ placeholders }) => placeholders.some((each) => each.name === name));
    return edits === null || variable === null ? [] : [quickFix(`Make it the input ${variable}`, finding, edits, { isPreferred: true, keeps })];
  });
}

function commandsOf({ runbook }: RunbookSource): readonly Command[] {
  return [...commandsIn(runbook)];
}

/** `release-tag` as RELEASE_TAG; an input of that name is used. Another name when something else has it. */
function variableFor(source: RunbookSource, commands: readonly Command[], name: string): string | null {
  const inputs = new Set((source.runbook.frontMatter.setup?.inputs ?? []).map((input) => input.name));
  const taken = namesWithValues(source, commands);
  const bare = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_|_$/g, '');
  return [bare, `${bare}_INPUT`].find((each) => inputs.has(each) || (problemWithName(each) === null && !taken.has(each) && !commands.some(({ text }) => new RegExp(`\\b${each}\\b`).test(text)))) ?? null;
}

function inputEdits(source: RunbookSource, commands: readonly Command[], name: string, variable: string): readonly TextEdit[] | null {
  const { runbook } = source;
  const edits = new Map<string, TextEdit>();
  let isEvaluated = false;
  try {
    for (const command of commands) {
      const placeOf = source.placesOf(command);
      const shell = isRequest(command) ? null : shellOf(command, runbook.frontMatter.shell);
      if (shell !== null) isEvaluated ||= fieldNeeds(command, shell).some((need) => need.name === name && need.evaluatedBy !== null);
      const places = shell === null ? command.placeholders.filter((each) => each.name === name).map(({ start, end }) => ({ start, end, text: `{{${variable}}}` })) : variableReferences(command, shell, name, variable);
      for (const { start, end, text } of places) {
        const range = { start: placeOf(start), end: placeOf(end) };
        // Where the text is not found as the command has it, nothing is written.
        if (source.lines.textIn(range) !== command.text.slice(start, end)) return null;
        // Commands before the first level of a block belong to every level of it.
        edits.set(`${String(range.start.line)} ${String(range.start.character)}`, { range, newText: text });
      }
    }
  } catch {
    return null;
  }
  if ((runbook.frontMatter.setup?.inputs ?? []).some((input) => input.name === variable)) return [...edits.values()];
  const pattern = isEvaluated ? `, pattern: ${JSON.stringify(HARMLESS)}` : '';
  const input = withEntry(source, 'inputs', { name: variable, value: `{ description: ${JSON.stringify(name)}${pattern} }` });
  return input === null ? null : [input, ...edits.values()];
}
