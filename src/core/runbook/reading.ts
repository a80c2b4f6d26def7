import type { Token } from 'markdown-it';
import { about, valueOrName } from './about.ts';
import { listedWords, NO_ATTRIBUTES, parseAttributes, type Attributes } from './attributes.ts';
import { IdRegister, slug } from './ids.ts';
import type { LevelPlace } from './levels.ts';
import { levelWords } from './levels.ts';
import type { AnnotationPlace, Block, Command, Diagnostic, PointOfNoReturn, Reservation, Section, SectionRole, StatedTime, StepKind, Trigger } from './model.ts';
import { headingWords, roleOf, roleWithin, type Draft, type OpenSection, type StepDraft } from './sections.ts';
import type { ParallelMarks } from './parallel.ts';
import { readReservation } from './reservation.ts';
import { readSoak } from './soak.ts';
import { parseDuration, timeInTitle } from './time.ts';
import { pointOfNoReturn, type UndoDraft } from './undo.ts';

/** What a new step is known to be; the rest is derived. */
export interface StepFacts {
  readonly kind: StepKind;
  readonly title: string;
  readonly titleMarkdown: string;
  readonly line: number;
  readonly endLine: number;
  readonly parent: StepDraft | null;
  readonly attributes: Attributes;
  readonly wantedId?: string | null;
}

/** @returns the ids that `requires=a,b` names */
export function requiredIds(attributes: Attributes): string[] {
  return listedWords(attributes.values.get('requires'));
}

/** Collects what the walk through the document finds. */
export class Reading {
  readonly sections: Draft<Section>[] = [];
  readonly steps: StepDraft[] = [];
  readonly blocks: Block[] = [];
  readonly triggers: Trigger[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly annotations: AnnotationPlace[] = [];
  readonly places: LevelPlace[] = [];
  readonly undos: UndoDraft[] = [];
  /** Checks of a rollback that stand beside its levels. */
  readonly sharedVerify: { command: Command; stepId: string }[] = [];
  /** Steps and sections that say `parallel`, each with the line where it stands. */
  readonly parallel: ParallelMarks = { steps: new Map(), sections: new Map() };
  /** Names that task cards depend on, to be resolved when all cards are known. */
  readonly dependencies: { step: StepDraft; names: readonly string[] }[] = [];
  readonly tokens: readonly Token[];
  /** Words of the nearest label above, in this section. */
  label: { readonly text: string; readonly markdown: string } | null = null;
  title: string | null = null;
  readonly #open: OpenSection[] = [];
  readonly #sectionIds = new IdRegister();
  readonly #stepIds = new IdRegister();
  readonly #explicit = new Map<string, number>();
  readonly #placeBySection = new Map<string, LevelPlace>();

  /** `cwd:` of the front matter, or null. */
  readonly documentCwd: string | null;

  constructor(tokens: readonly Token[], documentCwd: string | null) {
    this.tokens = tokens;
    this.documentCwd = documentCwd;
  }

  get open(): OpenSection | null {
    return this.#open[this.#open.length - 1] ?? null;
  }

  get role(): SectionRole | null {
    return this.open?.section.role ?? null;
  }

  /** @param subject the word of the source that it is about, and what was probably meant by it */
  report(severity: Diagnostic['severity'], code: string, message: string, line: number, subject?: string, suggestion: string | null = null): void {
    this.diagnostics.push({ severity, code, message, line, ...about(subject, suggestion) });
  }

  /** Reads an annotation and keeps where it stands, and what is odd about it. */
  annotation(text: string | null, line: number, on: AnnotationPlace['on']): Attributes {
    if (text === null) return NO_ATTRIBUTES;
    this.annotations.push({ text, line, on });
    const { attributes, diagnostics } = parseAttributes(text, line);
    this.diagnostics.push(...diagnostics);
    return attributes;
  }

  /** Begins a section and ends those that it does not belong to. */
  openSection(title: string, depth: number, line: number, attributes: Attributes, byLabel: boolean): OpenSection {
    this.closeSections(depth, line - 1);
    const isTitle = depth === 1 && this.title === null && !byLabel;
    if (isTitle) this.title = title;
    const parent = this.open;
    const own = roleOf(title, isTitle);
    const insideRollback = parent?.inRollback ?? false;
    const role = roleWithin(own, this.#open) ?? (insideRollback && levelWords(title).level !== null ? 'rollback' : null);
    const path = parent === null || (parent.section.depth === 1 && this.#open.length === 1) ? '' : `${parent.section.id}/`;
    const words = headingWords(title);
    const stated = this.budgetAttribute(attributes, line);
    const level = this.levelAttribute(attributes, line);
    const inRollback = insideRollback || role === 'rollback' || level !== null;
    const aside = inRollback || (parent?.aside ?? false) || role === 'triggers';
    const soak = this.soakOf(attributes, aside, line);
    const requires = requiredIds(attributes);
    const section: Draft<Section> = {
      id: this.#sectionIds.take(this.explicitId(attributes, line) ?? `${path}${slug(words.bare)}`),
      title: typeof attributes.values.get('title') === 'string' ? String(attributes.values.get('title')) : title,
      depth,
      role,
      line,
      endLine: line,
      parentId: parent?.section.id ?? null,
      budgetSeconds: stated?.seconds ?? words.seconds,
      budgetWords: stated?.words ?? words.words,
      ...(requires.length === 0 ? {} : { requires }),
      ...(soak === null ? {} : { soak }),
    };
    const open: OpenSection = {
      section,
      inRollback,
      aside,
      level,
      byLabel,
      reservation: readReservation(attributes, (severity, code, message, subject) => this.report(severity, code, message, line, subject)) ?? (role === 'gate' ? (parent?.reservation ?? null) : null),
      needsEvidence: attributes.values.has('evidence'),
      card: parent?.card ?? null,
    };
    if (attributes.values.has('parallel')) this.parallel.sections.set(section, line);
    this.#open.push(open);
    this.sections.push(section);
    this.blocks.push({ kind: 'section', sectionId: section.id });
    this.label = null;
    // A heading that names its level is a level even before it has commands.
    if (inRollback && (level !== null || levelWords(title).level !== null)) this.placeOf(open);
    return open;
  }

  /** Ends the sections from `depth` on; their last line is `line`. */
  closeSections(depth: number, line: number): void {
    for (let last = this.open; last !== null && last.section.depth >= depth; last = this.open) {
      last.section.endLine = Math.max(last.section.line, line);
      this.#open.pop();
    }
  }

  /** The section of rollback commands that stand here: the one that names a level, else the one below the rollback heading. */
  levelSection(): OpenSection | null {
    const named = this.#open.findLast((open) => open.inRollback && (open.level !== null || levelWords(open.section.title).level !== null));
    if (named !== undefined) return named;
    const rootAt = this.#open.findIndex((open) => open.inRollback);
    return rootAt === -1 ? null : (this.#open[rootAt + 1] ?? this.#open[rootAt] ?? null);
  }

  /** The outermost rollback section around this place. */
  rollbackRoot(): OpenSection | null {
    return this.#open.find((open) => open.inRollback) ?? null;
  }

  /** @returns the description of a rollback level that this section is, made when it is asked for first */
  placeOf(open: OpenSection): LevelPlace {
    const known = this.#placeBySection.get(open.section.id);
    if (known !== undefined) return known;
    const words = levelWords(headingWords(open.section.title).bare);
    const place: LevelPlace = {
      level: open.level ?? words.level,
      title: words.title,
      budgetSeconds: open.section.budgetSeconds,
      budgetWords: open.section.budgetWords,
      line: open.section.line,
      sectionId: open.section.id,
      commands: [],
      verify: [],
      notes: [],
    };
    this.#placeBySection.set(open.section.id, place);
    this.places.push(place);
    return place;
  }

  /** Adds a step after the blocks so far. */
  addStep(facts: StepFacts): StepDraft {
    const section = this.open;
    const { attributes, parent } = facts;
    const given = attributes.values.get('title');
    const title = typeof given === 'string' ? given : facts.title;
    const { time } = timeInTitle(title);
    const prefix = parent?.id ?? section?.section.id ?? '';
    const owner = attributes.values.get('owner');
    const soak = this.soakOf(attributes, section?.aside ?? false, facts.line);
    const step: StepDraft = {
      id: this.#stepIds.take(this.explicitId(attributes, facts.line) ?? facts.wantedId ?? `${prefix === '' ? '' : `${prefix}/`}${slug(title)}`),
      title: title === '' ? '(no words)' : title,
      titleMarkdown: typeof given === 'string' ? given : facts.titleMarkdown,
      kind: facts.kind,
      line: facts.line,
      endLine: facts.endLine,
      sectionId: section?.section.id ?? null,
      parentId: parent?.id ?? null,
      tickedInSource: false,
      owner: typeof owner === 'string' ? owner : null,
      requires: requiredIds(attributes),
      commands: [],
      estimate: time,
      ...(soak === null ? {} : { soak }),
      decision: null,
      reservation: this.#reservationOf(facts),
      needsEvidence: attributes.values.has('evidence') || (facts.kind === 'gate' && section?.section.role === 'gate' && section.needsEvidence),
      confirm: attributes.values.get('confirm') ?? false,
      aside: section?.aside ?? false,
      verifies: false,
      irreversible: this.irreversible(attributes, facts.line),
      check: false,
      background: false,
      parallel: null,
      ordinal: null,
    };
    if (attributes.values.has('parallel')) this.parallel.steps.set(step, facts.line);
    this.steps.push(step);
    this.blocks.push({ kind: 'step', stepId: step.id });
    return step;
  }

  /** A step's own, else that of the step around it; a gate's choices have the gate's. */
  #reservationOf({ attributes, parent, kind, line }: StepFacts): Reservation | null {
    const own = readReservation(attributes, (severity, code, message, subject) => this.report(severity, code, message, line, subject));
    return own ?? parent?.reservation ?? (kind === 'gate' && this.role === 'gate' ? (this.open?.reservation ?? null) : null);
  }

  /** @returns the time that has to pass after a step, or null; a bad one is reported */
  soakOf(attributes: Attributes, aside: boolean, line: number): StatedTime | null {
    return readSoak(attributes, aside, (severity, code, message, subject) => this.report(severity, code, message, line, subject));
  }

  /** Adds Markdown that is shown as it stands. */
  addContent(tokens: readonly Token[], line: number, endLine: number, stepId: string | null): void {
    if (tokens.length > 0) this.blocks.push({ kind: 'content', tokens, line, endLine, stepId });
  }

  /** @returns what `irreversible` says, or null; a bad value is reported */
  irreversible(attributes: Attributes, line: number): PointOfNoReturn | null {
    const said = pointOfNoReturn(attributes);
    if (said !== 'bad') return said;
    this.report('error', 'bad-value', '"irreversible" stands alone, or names the rollback levels that it closes, as in irreversible=1,2.', line, valueOrName('irreversible', attributes.values.get('irreversible')));
    return { closes: [] };
  }

  /** @returns the value of `level=`, or null; a bad one is reported */
  levelAttribute(attributes: Attributes, line: number): number | null {
    const value = attributes.values.get('level');
    if (value === undefined) return null;
    if (typeof value === 'string' && /^[1-9]\d?$/.test(value)) return Number(value);
    this.report('error', 'bad-value', '"level" has to be a number from 1 on.', line, valueOrName('level', value));
    return null;
  }

  /** @returns the value of `budget=` in seconds and as it was written, or null; a bad one is reported */
  budgetAttribute(attributes: Attributes, line: number): { readonly seconds: number; readonly words: string } | null {
    const value = attributes.values.get('budget');
    if (value === undefined) return null;
    const seconds = typeof value === 'string' ? parseDuration(value) : null;
    if (seconds !== null) return { seconds, words: String(value) };
    this.report('error', 'bad-value', '"budget" has to be a duration such as 2m or 1h.', line, valueOrName('budget', value));
    return null;
  }

  /** @returns the id an author gave, once; a second use is reported */
  explicitId(attributes: Attributes, line: number): string | null {
    const { id } = attributes;
    if (id === null) return null;
    const first = this.#explicit.get(id);
    if (first === undefined) {
      this.#explicit.set(id, line);
      return id;
    }
    this.report('error', 'duplicate-id', `The id #${id} is used on line ${first} already; give this one a name of its own.`, line, id);
    return null;
  }
}

export type { StepDraft };
