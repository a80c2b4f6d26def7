import type { Runbook, Section, Step } from '../runbook/model.ts';
import type { Count, Progress } from './progress.ts';
import type { OutlineItem } from './viewModel.ts';

/** A section with the steps below it counted. */
export interface CountedSection extends Count {
  readonly section: Section;
}

/** The sections of a document, each with what has been done in and below it. */
export class Sections {
  readonly #counted = new Map<string, CountedSection>();
  readonly #progress: Progress;

  constructor({ sections, steps }: Runbook, progress: Progress) {
    this.#progress = progress;
    const below = new Map<string, Step[]>();
    for (const step of steps) {
      if (!progress.isCounted(step) || isVerification(step, progress)) continue;
      for (const section of progress.tree.chainOf(step.sectionId)) {
        if (step.aside && !isAside(section)) continue;
        const steps = below.get(section.id);
        if (steps === undefined) below.set(section.id, [step]);
        else steps.push(step);
      }
    }
    for (const section of sections) {
      this.#counted.set(section.id, { section, ...progress.count(below.get(section.id) ?? []) });
    }
  }

  of(sectionId: string): CountedSection | null {
    return this.#counted.get(sectionId) ?? null;
  }

  /** What the outline lists: sections with steps or a role; the document's own title is not one of them. */
  outline(): readonly OutlineItem[] {
    const active = new Set(this.#progress.tree.chainOf(this.#progress.next?.sectionId ?? null).map((section) => section.id));
    return [...this.#counted.values()]
      .filter(({ section, total }) => section.depth > 1 && (total > 0 || section.role !== null))
      .map((counted) => ({
        sectionId: counted.section.id,
        title: counted.section.title,
        depth: counted.section.depth,
        role: counted.section.role,
        done: counted.done,
        total: counted.total,
        status: statusOf(counted, active),
      }));
  }

  /** Parts of the progress bar: phases where there are some, else the outermost sections that have steps. */
  phases(): readonly ({ readonly title: string } & Count)[] {
    const groups = new Map<string, { title: string; steps: Step[] }>();
    for (const step of this.#progress.counted) {
      const section = this.#phaseOf(step);
      const key = section?.id ?? '';
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { title: section?.title ?? 'Steps', steps: [step] });
      else group.steps.push(step);
    }
    return [...groups.values()].map(({ title, steps }) => ({ title, ...this.#progress.count(steps) }));
  }

  #phaseOf(step: Step): Section | null {
    const chain = this.#progress.tree.chainOf(step.sectionId).filter((section) => section.depth > 1);
    return chain.findLast((section) => section.role === 'phase') ?? chain.at(-1) ?? null;
  }
}

/** Checks of a rollback are run by it and are no work that is left. */
function isVerification({ verifies, aside, sectionId }: Step, { tree }: Progress): boolean {
  return verifies || (aside && sectionId !== null && tree.sections.get(sectionId)?.role === 'verification');
}

/** Steps beside the way forward count only where they stand. */
function isAside({ role }: Section): boolean {
  return role === 'rollback' || role === 'triggers';
}

function statusOf({ section, done, failed, total }: CountedSection, active: ReadonlySet<string>): OutlineItem['status'] {
  if (total === 0) return 'none';
  if (failed > 0) return 'failed';
  if (done === total) return 'done';
  return active.has(section.id) ? 'active' : 'open';
}
