import { allCommands } from '../../runbook/allCommands.ts';
import type { Command, Runbook, Section, Step } from '../../runbook/model.ts';

/**
 * Whether a fix leaves as it was what it does not mean to change: what runs, what
 * guards it, and the names by which records and other steps know it. One that
 * does not is not offered.
 */
export type Keeps = (before: Runbook, after: Runbook) => boolean;

type Named = Pick<Step | Section, 'id' | 'title' | 'line' | 'endLine'>;
type Which<T> = (thing: T) => boolean;

/** Keys that hold ids, which follow a step or section that is renamed. */
const IDS: ReadonlySet<string> = new Set(['id', 'sectionId', 'parentId', 'parallel', 'requires', 'stepIds', 'verifyStepIds']);
/** Places in the text, and messages that name them. */
const PLACES: ReadonlySet<string> = new Set(['line', 'endLine', 'lineCount', 'problem']);

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Nothing that runs is another, and nothing has another name. */
export const keepsAll: Keeps = (before, after) => said(partsOf(before)) === said(partsOf(after));

/** The same, apart from the ids of some; what names them follows. */
export function keepsAllButIds(isRenamed: Which<Named>): Keeps {
  return (before, after) => said(partsOf(before)) === said(partsOf(after), newNames(before, after, isRenamed));
}

/** The same, apart from the text of some commands, the steps titled by them, and what the front matter asks for. */
export function keepsAllButText(isMeant: Which<Command>): Keeps {
  return (before, after) => {
    const meant = new Set([...commandsOf(before)].flatMap((command, at) => (isMeant(command) ? [at] : [])));
    const isTitledByIt = (step: Named): boolean => 'commands' in step && (step as Step).commands.some(isMeant);
    const plain = (runbook: Runbook, names = NO_NAMES): string => {
      const left = new Set([...commandsOf(runbook)].filter((_, at) => meant.has(at)));
      const titled = new Set<unknown>(runbook.steps.filter((_, at) => before.steps[at] !== undefined && isTitledByIt(before.steps[at])));
      return said({ ...partsOf(runbook), frontMatter: null }, names, (holder, key) => (left.has(holder as Command) && /^(?:text|placeholders|hidden)$/.test(key)) || (titled.has(holder) && /^title/.test(key)));
    };
    return plain(before) === plain(after, newNames(before, after, isTitledByIt));
  };
}

/** The same, put into other sections: steps are named by those. */
export const keepsInSections: Keeps = (before, after) => {
  const plain = (runbook: Runbook, names = NO_NAMES): string => said({ ...partsOf(runbook), title: null, sections: null }, names, (_, key) => key === 'sectionId');
  return plain(before) === plain(after, newNames(before, after, () => true));
};

/** The same, apart from steps of some lines and what stands in their place: the others keep their names, guards and commands. */
export function keepsOthers(isBefore: Which<number>, isAfter: Which<number>): Keeps {
  return (before, after) => said(othersOf(before, isBefore)) === said(othersOf(after, isAfter));
}

/** The same, apart from what the front matter says of itself, and the folders that it names. */
export const keepsSteps: Keeps = (before, after) => {
  const plain = (runbook: Runbook): string => said({ ...partsOf(runbook), title: null, triggers: null, frontMatter: null }, NO_NAMES, (_, key) => key === 'cwd' || key === 'cwdFrom');
  return plain(before) === plain(after);
};

function othersOf(runbook: Runbook, isMeant: Which<number>): unknown {
  const isOther = ({ line }: { readonly line: number }): boolean => !isMeant(line);
  const steps = runbook.steps.filter(isOther).map((step) => ({ ...step, commands: step.commands.filter(isOther) }));
  return { steps, sections: runbook.sections.filter(isOther), undos: runbook.undos.filter(({ command }) => isOther(command)), commands: [...commandsOf(runbook)].filter(isOther), triggers: runbook.triggers.filter(isOther), frontMatter: runbook.frontMatter };
}

function partsOf({ title, sections, steps, rollbackLevels, undos, triggers, frontMatter }: Runbook): Record<string, unknown> {
  return { title, sections, steps, rollbackLevels, undos, triggers, frontMatter };
}

function commandsOf({ steps, rollbackLevels, undos }: Runbook): ReadonlySet<Command> {
  return allCommands({ steps, levels: rollbackLevels, undos });
}

/** What is called by another name now, with the one that it had. */
function newNames(before: Runbook, after: Runbook, isRenamed: Which<Named>): ReadonlyMap<string, string> {
  const of = (was: readonly Named[], is: readonly Named[]): [string, string][] => was.flatMap((each, at) => (isRenamed(each) && is[at] !== undefined ? [[is[at].id, each.id]] : []));
  return new Map([...of(before.steps, after.steps), ...of(before.sections, after.sections)]);
}

/** As text that can be compared, without places, with ids by the names that they had. */
function said(parts: unknown, names = NO_NAMES, isLeftOut: (holder: unknown, key: string) => boolean = () => false): string {
  const named = (value: unknown): unknown => (typeof value === 'string' ? (names.get(value) ?? value) : value);
  return JSON.stringify(parts, function (this: unknown, key: string, value: unknown): unknown {
    if (PLACES.has(key) || isLeftOut(this, key)) return undefined;
    if (!IDS.has(key)) return value;
    return Array.isArray(value) ? value.map(named) : named(value);
  });
}
