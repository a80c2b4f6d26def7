import { listedWords, parseAttributes } from '../../runbook/attributes.ts';
import { slug } from '../../runbook/ids.ts';
import type { Section, Step } from '../../runbook/model.ts';
import { headingWords } from '../../runbook/sections.ts';
import type { RunbookSource } from '../source.ts';
import type { AnnotationWriter, Owner } from './annotationWriter.ts';

/** Longest name that is made of a title, in characters. */
const LONGEST = 40;
/** What an id can be written with. */
const WRITABLE = /^[^\s#{}"'=,]+$/;

/**
 * Wishes for ids: of steps of the way forward that run something, of phases and
 * gates, and of whatever an annotation refers to, which keeps the id that it has.
 */
export function nameSteps({ runbook }: RunbookSource, writer: AnnotationWriter): void {
  const { steps, sections, annotations } = runbook;
  const referred = new Set(annotations.flatMap(({ text }) => referredIds(text)));
  const isNamed = new Set(annotations.flatMap(({ text, line }) => (parseAttributes(text, 1).attributes.id === null ? [] : [line])));
  const derived = new Set([...steps.map(({ id }) => id), ...sections.map(({ id }) => id), ...referred]);
  const given = new Set<string>();
  const give = (owner: Owner, id: string, title: string, reason: string): void => {
    const isReferred = referred.has(id);
    if (isReferred && !WRITABLE.test(id)) return;
    writer.want(owner, 'ids', [`#${isReferred ? id : freeName(title, (name) => !given.has(name) && (name === id || !derived.has(name)), given)}`], isReferred ? `Something refers to “${id}”, which is made of its words so far.` : reason);
  };
  for (const section of sections) {
    if (isNamed.has(section.line) || !(hasUse(section) || referred.has(section.id))) continue;
    give({ on: 'heading', line: section.line }, section.id, section.title, section.role === 'gate' ? 'A name for this gate.' : 'A name for this phase.');
  }
  for (const step of steps) {
    const [command] = step.commands;
    const runs = command !== undefined && !step.aside;
    if ((!runs && !referred.has(step.id)) || isNamed.has(step.line) || step.kind === 'task' || (command !== undefined && isNamed.has(command.line))) continue;
    give(ownerOf(step), step.id, step.title, 'A name for this step that stays when its title changes.');
  }
}

function hasUse({ role, depth }: Section): boolean {
  return depth > 1 && (role === 'phase' || role === 'gate');
}

/** The first command names its item, too. */
function ownerOf({ commands, line }: Step): Owner {
  const [command] = commands;
  return command === undefined ? { on: 'item', line } : { on: 'fence', line: command.line };
}

function referredIds(annotation: string): readonly string[] {
  const { values } = parseAttributes(annotation, 1).attributes;
  return ['requires', 'undo'].flatMap((name) => listedWords(values.get(name)));
}

/** A readable name that nothing else has; it is noted among those that are given. */
function freeName(title: string, isFree: (name: string) => boolean, given: Set<string>): string {
  const { bare } = headingWords(title);
  const words = slug(bare.replace(/\([^()]*\)/g, ' ').trim() || bare || title);
  const short = words.length <= LONGEST ? words : words.slice(0, LONGEST + 1).replace(/-[^-]*$/, '').slice(0, LONGEST);
  let name = short;
  for (let count = 2; !isFree(name); count++) name = `${short}-${String(count)}`;
  given.add(name);
  return name;
}
