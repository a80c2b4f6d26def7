import { escapeMarkdown } from '../../runbook/inlineText.ts';
import type { Runbook, Step } from '../../runbook/model.ts';
import { commandLines } from '../../view/command.ts';
import { counted, dotted, limitWords } from '../../view/words.ts';
import type { RunbookSource } from '../source.ts';
import type { NamedThing } from '../symbols/model.ts';
import { placesOfThing } from '../symbols/symbols.ts';
import { pastWords } from './budgets.ts';
import type { PastFacts } from './pastFacts.ts';

/** What is known of something that has a name, in Markdown; null when it names nothing. */
export function thingWords(source: RunbookSource, { kind, name }: NamedThing, facts: PastFacts): string | null {
  const { runbook } = source;
  switch (kind) {
    case 'id':
      return idWords(runbook, name, facts);
    case 'level':
      return levelWords(runbook, Number(name), facts);
    case 'value':
      return valueWords(source, name);
    case 'environment':
      return environmentWords(runbook, name);
    case 'monitor':
      return monitorWords(runbook, name);
    case 'backup':
      return backupWords(runbook, name);
  }
}

const paragraphs = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join('\n\n');
const bold = (words: string): string => `**${escapeMarkdown(words)}**`;

function idWords(runbook: Runbook, id: string, facts: PastFacts): string | null {
  const step = runbook.steps.find((each) => each.id === id);
  if (step !== undefined) return stepWords(runbook, step, facts);
  const section = runbook.sections.find((each) => each.id === id);
  if (section === undefined) return null;
  const steps = runbook.steps.filter(({ sectionId }) => sectionId === id).length;
  return paragraphs(bold(section.title), dotted([section.role ?? 'section', section.budgetWords === null ? null : escapeMarkdown(section.budgetWords), counted(steps, 'step'), `line ${String(section.line)}`]));
}

const KINDS: Readonly<Record<Step['kind'], string>> = { manual: 'manual step', command: 'command step', task: 'task', gate: 'gate', attestation: 'attestation' };

function stepWords(runbook: Runbook, step: Step, facts: PastFacts): string {
  const lines = step.commands.reduce((sum, { text }) => sum + commandLines(text), 0);
  const undone = runbook.undos.some(({ stepIds }) => stepIds.includes(step.id));
  const way = step.irreversible !== null ? 'It cannot be taken back.' : undone ? 'An undo block takes it back.' : null;
  const first = step.commands[0];
  return paragraphs(
    bold(step.title),
    dotted([KINDS[step.kind], lines === 0 ? null : counted(lines, 'command'), step.check ? 'check' : null, step.owner === null ? null : escapeMarkdown(step.owner), `line ${String(step.line)}`]),
    step.requires.length === 0 ? null : `Waits for ${step.requires.map(codeSpan).join(', ')}.`,
    way,
    pastWords(step, facts),
    first === undefined ? null : fenced(first.language, first.text),
  );
}

function levelWords({ rollbackLevels }: Runbook, number: number, { rehearsals, formatTime }: PastFacts): string | null {
  const level = rollbackLevels.find((each) => each.level === number);
  if (level === undefined) return null;
  const lines = level.commands.reduce((sum, { text }) => sum + commandLines(text), 0);
  const last = rehearsals.filter((each) => each.level === number).reduce<string | null>((latest, { at }) => (latest === null || Date.parse(at) > Date.parse(latest) ? at : latest), null);
  return paragraphs(
    bold(`Level ${String(number)}: ${level.title}`),
    dotted([level.budgetSeconds === null ? (level.budgetWords === null ? null : escapeMarkdown(level.budgetWords)) : `budget ${limitWords(level.budgetSeconds)}`, lines === 0 ? 'no commands' : counted(lines, 'command'), level.verify.length === 0 ? 'nothing verifies it' : counted(level.verify.length, 'check'), `line ${String(level.line)}`]),
    last === null ? null : `Rehearsed last on ${formatTime(last)}.`,
    ...level.notes.map((note) => `> ${escapeMarkdown(note).replaceAll('\n', ' ')}`),
  );
}

function valueWords(source: RunbookSource, name: string): string | null {
  const input = source.runbook.frontMatter.setup?.inputs.find((each) => each.name === name);
  if (input !== undefined) {
    const rules = [input.pattern === null ? null : `has to match ${codeSpan(input.pattern)}`, input.choices === null ? null : `one of ${input.choices.map(codeSpan).join(', ')}`, input.default === null ? null : `proposed: ${codeSpan(input.default)}`];
    return paragraphs(`**${name}**`, dotted([input.secret ? 'secret input' : 'input', input.required ? null : 'may stay empty', ...rules]), input.description === null ? null : escapeMarkdown(input.description), `Commands get it as the environment variable \`${name}\`.`);
  }
  const captured = placesOfThing(source, { kind: 'value', name }).find(({ isDefinition }) => isDefinition);
  return captured === undefined ? null : paragraphs(`**${name}**`, `What the block on line ${String(captured.range.start.line + 1)} prints. Commands after it get it as the environment variable \`${name}\`.`);
}

function environmentWords({ frontMatter }: Runbook, name: string): string | null {
  const environment = frontMatter.setup?.environments.find((each) => each.name === name);
  if (environment === undefined) return null;
  const { branch, clean, confirm, variables } = environment;
  return paragraphs(
    bold(name),
    dotted(['environment', branch === null ? null : `branch ${codeSpan(branch)}`, clean ? 'clean working tree' : null, confirm === null ? null : `“${escapeMarkdown(confirm)}” is typed to start`]),
    variables.length === 0 ? null : `Sets ${variables.map((variable) => `\`${variable.name}\``).join(', ')}.`,
  );
}

function monitorWords({ frontMatter, triggers }: Runbook, name: string): string | null {
  const monitor = frontMatter.monitors?.find((each) => each.name === name);
  if (monitor === undefined) return null;
  const used = triggers.filter(({ metric }) => metric === name).length;
  return paragraphs(bold(name), dotted(['monitor', `every ${limitWords(monitor.everySeconds)}`, monitor.unit === null ? null : escapeMarkdown(monitor.unit), used === 0 ? 'no trigger' : counted(used, 'trigger')]), fenced('sh', monitor.command.text));
}

function backupWords({ frontMatter }: Runbook, name: string): string | null {
  const backup = frontMatter.backups?.find((each) => each.name === name);
  return backup === undefined ? null : paragraphs(bold(name), 'kind of backup', backup.description === null ? null : escapeMarkdown(backup.description));
}

/** Words of a document as code, whatever marks they hold. */
export function codeSpan(words: string): string {
  const marks = marksAround(words, 1);
  const text = words.replaceAll('\n', ' ');
  return marks.length === 1 ? `${marks}${text}${marks}` : `${marks} ${text} ${marks}`;
}

/** More of them in a row than stand in the text. */
function marksAround(text: string, least: number): string {
  return '`'.repeat(Math.max(least, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
}

/** As many lines of a block as can be read at a glance. */
const SHOWN_LINES = 8;

function fenced(language: string, text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines.length <= SHOWN_LINES ? lines : [...lines.slice(0, SHOWN_LINES - 1), `# and ${String(lines.length - SHOWN_LINES + 1)} more lines`];
  const marks = marksAround(text, 3);
  return `${marks}${language}\n${shown.join('\n')}\n${marks}`;
}
